// “Explore” puts the interactive view of the same specification in the place of the still picture.
// The code that draws it is large, so it comes only to those who ask.
const part = (figure, name) => figure.querySelector(`[data-${name}]`);

async function explore(figure) {
  const [{ mountPicture }, answer] = await Promise.all([import(figure.dataset.bundle), fetch(figure.dataset.spec)]);
  if (!answer.ok) throw new Error(`The picture's specification answered ${answer.status}.`);
  const { spec, locale } = await answer.json();
  drawPatterns();
  const live = part(figure, "live");
  live.hidden = false;
  const view = await mountPicture(live, spec, { locale, tell: (event, value) => tell(figure, event, value) });
  exchange(figure, true);
  return view;
}

// What is not a number is hatched or dotted. The still pictures carry these patterns inside; interactive ones share these.
function drawPatterns() {
  if (document.querySelector("svg.patterns")) return;
  const svg = element("svg", { class: "patterns", "aria-hidden": "true" });
  const ground = { width: 5, height: 5, fill: "#f0efec" };
  const shared = { width: 5, height: 5, patternUnits: "userSpaceOnUse" };
  const hatched = element("pattern", { id: "no-data", patternTransform: "rotate(45)", ...shared });
  hatched.append(element("rect", ground), element("rect", { width: 1.2, height: 5, fill: "#b9b3a5" }));
  const dotted = element("pattern", { id: "confidential", ...shared });
  dotted.append(element("rect", ground), element("circle", { cx: 2.5, cy: 2.5, r: 1, fill: "#50605c" }));
  svg.append(hatched, dotted);
  document.body.append(svg);
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function exchange(figure, isLive) {
  part(figure, "live").hidden = !isLive;
  part(figure, "still").hidden = isLive;
  part(figure, "explore").hidden = isLive;
  part(figure, "back").hidden = !isLive;
  part(figure, isLive ? "back" : "explore").focus();
}

// What the pointer is on: beside the pointer for those who see, once as a sentence for those who listen.
function tell(figure, event, value) {
  const tip = part(figure, "tip");
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  const pairs = typeof value === "object" ? Object.entries(value) : [["", value]];
  tip.replaceChildren(...pairs.map(([name, text]) => line(name, text)));
  const frame = figure.getBoundingClientRect();
  const left = Math.min(event.clientX - frame.left + 12, frame.width - tip.offsetWidth);
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${event.clientY - frame.top + 16}px`;
}

function line(name, text) {
  const row = document.createElement("div");
  if (name) {
    const label = document.createElement("span");
    label.textContent = `${name}: `;
    row.append(label);
  }
  row.append(String(text));
  return row;
}

for (const figure of document.querySelectorAll("figure[data-spec]")) {
  let view;
  part(figure, "tools").hidden = false;

  part(figure, "explore").addEventListener("click", async ({ currentTarget }) => {
    currentTarget.disabled = true;
    try {
      view = await explore(figure);
    } catch (error) {
      part(figure, "live").hidden = true;
      part(figure, "sorry").hidden = false;
      console.warn(error);
    } finally {
      currentTarget.disabled = false;
    }
  });

  part(figure, "back").addEventListener("click", () => {
    view?.finalize();
    part(figure, "live").replaceChildren();
    part(figure, "tip").hidden = true;
    exchange(figure, false);
  });
}
