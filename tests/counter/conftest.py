from tests.desk.conftest import accepted, browser, in_english, joint

__all__ = ["accepted", "browser", "in_english", "joint"]
