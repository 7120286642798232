// What show_activity shows inside a chat: the calls of a caller, by hour or day, by tool, and the newest.
import { element } from "./element.js";
import { Host } from "./host.js";

const ranges = [
  [1, "24 hours"],
  [7, "7 days"],
  [30, "30 days"],
];
const number = new Intl.NumberFormat("en");
const brief = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const host = new Host({ onResult: show });

/** @param {{structuredContent?: object, isError?: boolean, content?: object[]}} result */
function show(result) {
  const report = result.structuredContent;
  if (result.isError || !report?.columns) {
    const text = result.content?.find(({ type }) => type === "text")?.text ?? "There is nothing to show.";
    document.body.replaceChildren(element("main", {}, element("p", { class: "problem", role: "status" }, text)));
    return;
  }

  document.body.replaceChildren(
    element(
      "main",
      {},
      element("h1", {}, report.caller === undefined ? "Calls of everybody" : `Calls of ${report.caller}`),
      rangesOf(report),
      element("p", { id: "problem", role: "alert" }),
      figuresOf(report),
      ...(report.calls > 0
        ? [
            chartOf(report),
            element("div", { class: "two" }, sharesOf("By tool", report.tools), ...(report.callers ? [sharesOf("By caller", report.callers)] : [])),
            newestOf(report),
          ]
        : [element("p", { class: "soft" }, `No calls, ${report.title}.`)]),
    ),
  );
}

/** Other times to look at, where the host lets views ask for them. */
function rangesOf({ days, title }) {
  if (!host.callsTools) {
    return element("p", { class: "soft" }, title);
  }

  const button = ([count, label]) =>
    element("button", { type: "button", "aria-pressed": `${count === days}`, onclick: () => ask(count) }, label);
  return element("p", { class: "buttons", role: "group", "aria-label": "Time" }, ...ranges.map(button));
}

async function ask(days) {
  try {
    show(await host.callTool("show_activity", { days }));
    // What was pressed is there no more: its successor takes the focus.
    document.querySelector("[aria-pressed=true]")?.focus();
  } catch (error) {
    document.getElementById("problem").textContent = error.message;
  }
}

function figuresOf({ calls, errors, median, slow, tokens, credits, keptDays }) {
  const figure = (value, label) => element("li", {}, element("strong", {}, value), element("span", { class: "soft" }, label));
  return element(
    "ul",
    { class: "figures" },
    figure(number.format(calls), calls === 1 ? "call" : "calls"),
    figure(number.format(errors), "failed or refused"),
    figure(median === undefined ? "–" : time(median), slow === undefined ? "median" : `median, 95% within ${time(slow)}`),
    figure(number.format(tokens), "tokens of answers"),
    ...(credits === undefined ? [] : [figure(number.format(credits), "credits")]),
    ...(keptDays === undefined ? [] : [figure(number.format(keptDays), "days are kept")]),
  );
}

function chartOf({ columns, each, title }) {
  const most = Math.max(...columns.map(({ calls }) => calls));
  const bar = ({ label, calls, errors }) => {
    const made = element(
      "span",
      { class: "column", title: `${label}: ${number.format(calls)} calls, ${number.format(errors)} failed or refused` },
      element("i", { class: "errors" }),
      element("i", { class: "calls" }),
    );
    made.children[0].style.height = `${(100 * errors) / most}%`;
    made.children[1].style.height = `${(100 * (calls - errors)) / most}%`;
    return made;
  };
  return element(
    "figure",
    {},
    element("figcaption", {}, `Calls ${each}, at most ${number.format(most)}`),
    element("div", { class: "chart", role: "img", "aria-label": `Calls ${each}, ${title}` }, ...columns.map(bar)),
    element("div", { class: "axis soft", "aria-hidden": "true" }, element("span", {}, columns[0].label), element("span", {}, columns.at(-1).label)),
  );
}

function sharesOf(title, shares) {
  const row = ({ name, calls, errors }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", {}, number.format(calls)),
      element("td", { class: errors > 0 ? "wrong" : "" }, number.format(errors)),
    );
  return table(title, ["", "Calls", "Failed"], shares.map(row));
}

function newestOf({ newest }) {
  const row = ({ time: at, name, outcome, ms, caller }) =>
    element(
      "tr",
      {},
      element("td", {}, element("time", { datetime: at, title: exact.format(new Date(at)) }, brief.format(new Date(at)))),
      element("th", { scope: "row" }, name, ...(caller ? [element("span", { class: "soft" }, ` ${caller}`)] : [])),
      element("td", { class: outcome === "ok" ? "" : "wrong" }, outcome),
      element("td", {}, ms === undefined ? "" : time(ms)),
    );
  return table("Newest", ["When", "What", "Outcome", "Took"], newest.map(row));
}

function table(title, heads, rows) {
  return element(
    "section",
    {},
    element("h2", {}, title),
    element(
      "div",
      { class: "scroll", role: "region", tabindex: "0", "aria-label": title },
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...heads.map((head) => (head ? element("th", { scope: "col" }, head) : element("td", {}))))),
        element("tbody", {}, ...rows),
      ),
    ),
  );
}

function time(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

host.connect("activity");
