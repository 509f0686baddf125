// One file for interactive pictures: Vega-Lite, Vega and the expression interpreter that needs no eval.
import { expressionInterpreter } from "vega-interpreter";
import { View, formatLocale, parse } from "vega";
import { compile } from "vega-lite";

export async function mountPicture(element, spec, locale) {
  formatLocale(locale);
  const runtime = parse(compile(spec).spec, {}, { ast: true });
  const view = new View(runtime, { expr: expressionInterpreter, renderer: "svg", container: element, hover: true });
  view.tooltip((_handler, _event, _item, value) => show(element, value));
  await view.runAsync();
  return view;
}

function show(element, value) {
  const words = element.parentElement.querySelector("[data-tooltip]");
  if (!words) return;
  words.textContent = value && typeof value === "object" ? Object.values(value).join(": ") : value || "";
}
