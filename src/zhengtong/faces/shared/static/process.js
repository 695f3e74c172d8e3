// Draws processes with bpmn-js in place of the server's pictures. A picture stays where this, or its model, cannot be had.
const SMALLEST = 0.1, LARGEST = 3, EDGE = 30;

for (const figure of document.querySelectorAll("[data-process]")) {
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    observer.disconnect();
    show(figure).catch((fault) => console.warn("The picture of the server stays.", fault));
  }, { rootMargin: "300px" }).observe(figure);
}

async function show(figure) {
  const picture = figure.querySelector(".zt-scroll");
  const [answer] = await Promise.all([fetch(figure.dataset.process), import(figure.dataset.viewer)]);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const model = await answer.text();
  const stage = document.createElement("div");
  stage.className = "zt-process-figure__stage";
  stage.style.height = `${picture.offsetHeight}px`;
  picture.after(stage);
  const { fontFamily } = getComputedStyle(figure.querySelector("figcaption"));
  const viewer = new globalThis.BpmnJS({ container: stage, textRenderer: { defaultStyle: { fontFamily } } });
  try {
    await viewer.importXML(model);
  } catch (fault) {
    stage.remove();
    throw fault;
  }
  mark(viewer, figure);
  describe(stage, picture);
  picture.hidden = true;
  tools(viewer, figure, stage);
}

// The same colours and signs as on the server's picture, which sends them.
function mark(viewer, figure) {
  const [marks, looks] = [figure.dataset.marks, figure.dataset.looks].map(JSON.parse);
  const elements = viewer.get("elementRegistry"), overlays = viewer.get("overlays");
  for (const [id, name] of Object.entries(marks)) {
    if (!elements.get(id)) continue;
    const [sign, paper, ink, weight] = looks[name];
    const outline = elements.getGraphics(id).querySelector(".djs-visual > *");
    Object.assign(outline.style, { fill: paper, stroke: ink, strokeWidth: `${weight}px` });
    if (!sign) continue;
    const badge = document.createElement("span");
    badge.className = `zt-process-badge zt-process-badge--${name}`;
    badge.textContent = sign;
    overlays.add(id, { position: { top: -10, right: 14 }, html: badge });
  }
}

// Who does not see it hears what the server's picture says of itself.
function describe(stage, picture) {
  const frame = stage.querySelector(".djs-container"), drawing = frame.querySelector("svg");
  frame.classList.add("zt-process-figure__frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", picture.getAttribute("aria-label"));
  drawing.removeAttribute("tabindex");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-labelledby", picture.querySelector("svg").getAttribute("aria-labelledby"));
  frame.querySelector(".djs-overlay-container").setAttribute("aria-hidden", "true");
}

// The whole drawing at its scale, in a frame that scrolls as everything does; the buttons change the scale.
function tools(viewer, figure, stage) {
  const canvas = viewer.get("canvas"), elements = viewer.get("elementRegistry");
  const frame = stage.querySelector(".djs-container"), drawing = frame.querySelector("svg");
  const { inner } = canvas.viewbox();
  const width = inner.width + 2 * EDGE, height = inner.height + 2 * EDGE;
  let scale = 1;
  const set = (wanted) => {
    scale = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const outer = canvas.getSize();
    canvas.viewbox({ x: inner.x - EDGE, y: inner.y - EDGE, width: outer.width / scale, height: outer.height / scale });
    Object.assign(drawing.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  };
  const turn = (id) => {
    const { x, y, width, height } = elements.get(id);
    frame.scrollLeft = (x + width / 2 - inner.x + EDGE) * scale - frame.clientWidth / 2;
    frame.scrollTop = (y + height / 2 - inner.y + EDGE) * scale - frame.clientHeight / 2;
  };
  set(1);
  const marked = Object.entries(JSON.parse(figure.dataset.marks)).filter(([id]) => elements.get(id));
  const present = marked.find(([, name]) => name === "late") ?? marked.find(([, name]) => name === "now");
  if (present) turn(present[0]);
  stage.after(figure.querySelector("template").content.cloneNode(true));
  for (const button of figure.querySelectorAll("[data-zoom]"))
    button.addEventListener("click", () => {
      const factor = Number(button.dataset.zoom);
      set(factor ? scale * factor : Math.min(frame.clientWidth / width, frame.clientHeight / height));
    });
}
