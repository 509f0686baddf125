// One file for interactive pictures: Vega-Lite, Vega and the expression interpreter that needs no eval.
import { expressionInterpreter } from "vega-interpreter";
import { View, formatLocale, parse } from "vega";
import { compile } from "vega-lite";

/**
 * Draw a Vega-Lite specification into an element, with numbers written as the locale (d3's) says.
 * tell(event, value) hears what the pointer is on: the tooltip's fields, or null. Returns the Vega view.
 */
export async function mountPicture(element, spec, { locale, tell }) {
  if (locale) formatLocale(locale);
  const runtime = parse(compile(spec).spec, {}, { ast: true });
  const view = new View(runtime, { expr: expressionInterpreter, renderer: "svg", container: element, hover: true });
  if (tell) view.tooltip((_handler, event, _item, value) => tell(event, value));
  await view.runAsync();
  return view;
}
