// Only improvements: every page works without this file.
const here = document.querySelector("script[data-components]");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
const { initAll } = await import(here.dataset.components);
initAll();
