// What show_memory_graph shows inside a chat: the graph it answered with, in which one can walk on.
import { arrange } from "./arrange.js";
import { element } from "./element.js";
import { Host } from "./host.js";
import { Picture } from "./picture.js";

const mostTypes = 8;
const mostNeighbours = 24;

let picture;
let shown;
const host = new Host({ onResult: show, onContext: () => picture?.recolour() });

/** @param {{structuredContent?: {entities: object[], relations: object[], truncated?: boolean, total?: number}, isError?: boolean}} result */
function show(result) {
  if (result.isError || !result.structuredContent?.entities) {
    const text = result.content?.find(({ type }) => type === "text")?.text ?? "There is nothing to show.";
    document.body.replaceChildren(element("main", {}, element("p", { class: "card", role: "status" }, text)));
    return;
  }

  const { entities, relations, total, around } = result.structuredContent;
  const types = [...count(entities.map(({ entityType }) => entityType))].sort((a, b) => b[1] - a[1]).map(([type]) => type);
  const numbers = new Map(entities.map(({ name }, i) => [name, i]));
  const edges = relations
    .filter(({ from, to }) => numbers.has(from) && numbers.has(to))
    .map((relation) => ({ source: numbers.get(relation.from), target: numbers.get(relation.to), from: 0, relation }));
  const nodes = entities.map(({ name, entityType, relations: degree }) => ({
    name,
    type: Math.min(mostTypes, types.indexOf(entityType)),
    size: 5 + Math.min(9, Math.sqrt(degree ?? 0)),
    from: 0,
  }));
  shown = { entities, edges };
  const canvas = element("canvas", {
    tabindex: "0",
    role: "application",
    "aria-label": `Graph of ${entities.length} entities. Arrow keys move it, plus and minus zoom, 0 fits it, n and p choose the next and the previous; the names below walk on.`,
  });
  const card = element("div", { class: "card", id: "card", "aria-live": "polite" });
  const legend = element(
    "div",
    { class: "bar" },
    ...types.slice(0, mostTypes).map((type, i) => element("span", {}, element("i", { class: `kind-${i}` }), type || "no type")),
    ...(types.length > mostTypes ? [element("span", {}, element("i", { class: `kind-${mostTypes}` }), "other types")] : []),
    element("span", { class: "soft" }, total > entities.length ? `${entities.length} of ${total} entities` : `${entities.length} entities`),
  );
  document.body.replaceChildren(element("main", {}, element("h1", { class: "hidden" }, "The memory as a graph"), canvas, legend, card));
  picture = new Picture(canvas, { nodes, edges }, { onSelect: select, onOpen: walk });
  place(nodes, edges);
  select(around === undefined ? -1 : (numbers.get(around) ?? -1));
}

function place(nodes, edges) {
  const steps = arrange({ count: nodes.length, sources: edges.map(({ source }) => source), targets: edges.map(({ target }) => target) });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const mine = picture;
  const go = () => {
    const end = performance.now() + (still ? 4000 : 12);
    let step = steps.next();
    while (!step.done && performance.now() < end) {
      mine.place(step.value);
      step = steps.next();
    }

    mine.followLayout();
    if (!step.done && mine === picture) {
      requestAnimationFrame(go);
    }
  };
  go();
}

function select(node, centre = false) {
  picture.select(node, { centre });
  const card = document.getElementById("card");
  if (node < 0) {
    card.replaceChildren();
    return;
  }

  const { name, entityType, relations } = shown.entities[node];
  const neighbours = picture.neighboursOf(node).slice(0, mostNeighbours);
  card.replaceChildren(
    element("h2", {}, name),
    element("p", { class: "soft" }, `${entityType} · ${relations} ${relations === 1 ? "relation" : "relations"}`),
    element(
      "ul",
      {},
      ...neighbours.map(({ source, target, relation }) => {
        const other = source === node ? target : source;
        const label = source === node ? `${relation.relationType} → ${shown.entities[other].name}` : `${shown.entities[other].name} ${relation.relationType} →`;
        return element("li", {}, element("button", { onclick: () => select(other) }, label));
      }),
    ),
    ...(host.callsTools ? [element("p", {}, element("button", { onclick: () => walk(node) }, "Show what is around it"))] : []),
  );
}

/** Goes on to what is around an entity. */
async function walk(node) {
  if (!host.callsTools) {
    return;
  }

  try {
    show(await host.callTool("show_memory_graph", { name: shown.entities[node].name }));
  } catch (error) {
    document.getElementById("card").replaceChildren(element("p", { role: "alert" }, error.message));
  }
}

function count(values) {
  const counts = new Map();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  return counts;
}

host.connect("memory-graph");
