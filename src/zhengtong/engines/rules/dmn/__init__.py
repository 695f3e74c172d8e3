"""DMN: the document, its logic, its tables, and the Python that is generated from them."""
