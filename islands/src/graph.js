// The graph of a memory as a picture to walk in. Its data is a JSON document of the console; narrow screens keep the list of the page.
import { element } from "./element.js";
import { Picture } from "./picture.js";

const mostTypes = 8;
const mostFacts = 8;
const mostNeighbours = 40;
const day = 86_400_000;

const root = document.querySelector("[data-picture]");
const narrow = matchMedia("(max-width: 46rem)");
const find = (name) => root.querySelector(`[data-${name}]`);
const addressOf = (page, parameters) => {
  const address = new URL(page, location.href);
  new URL(root.dataset.source, location.href).searchParams.forEach((value, key) => key === "namespace" && address.searchParams.set(key, value));
  Object.entries(parameters).forEach(([key, value]) => address.searchParams.set(key, value));
  return address;
};

let begun = false;
if (root) {
  narrow.addEventListener("change", begin);
  begin();
}

function begin() {
  if (!begun && !narrow.matches) {
    begun = true;
    start().catch((error) => tell(`The picture cannot be shown: ${error.message}`));
  }
}

async function read(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.message ?? `the gateway answered ${response.status}`);
  }

  return body;
}

function tell(text) {
  find("state").textContent = text;
}

/** After the next paint: the page is seen before the graph, which keeps the gateway and the browser busy for a while. */
function painted() {
  return new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
}

async function start() {
  root.hidden = false;
  tell("Reading the graph …");
  await painted();
  const data = await read(root.dataset.source);
  const isOfClusters = data.kind === "clusters";
  const types = [...count(data.entities)].sort((a, b) => b[1] - a[1]).map(([type]) => type);
  const graph = {
    isToScale: isOfClusters,
    nodes: data.entities.map(({ name, type, createdAt, relations, entities }) => ({
      name: isOfClusters ? `${name} (${entities.toLocaleString()})` : name,
      type: Math.min(mostTypes, types.indexOf(type)),
      size: isOfClusters ? 4 + Math.sqrt(entities) : 3.5 + Math.min(11, 1.3 * Math.sqrt(relations)),
      from: Date.parse(createdAt) / day,
    })),
    edges: data.relations.map(({ from, to, createdAt, type }) => ({ source: from, target: to, from: Date.parse(createdAt) / day, type })),
  };
  const numbers = new Map(data.entities.map(({ name }, i) => [name, i]));
  const canvas = find("canvas");
  canvas.setAttribute(
    "aria-label",
    `Graph of ${graph.nodes.length} ${isOfClusters ? "groups" : "entities"}. Arrow keys move it, plus and minus zoom, 0 shows all of it, n and p choose the next and the previous by size, Enter opens it. The search and the lists of this page say the same in text.`,
  );
  const open = (node) => {
    const { name, cluster } = data.entities[node];
    location.href = isOfClusters ? addressOf(location.pathname, { cluster }) : addressOf(root.dataset.entity, { name });
  };
  const picture = new Picture(canvas, graph, { onSelect: select, onOpen: open });
  showTypes(types);
  tellShown(data);
  arrange(picture, graph, isOfClusters);
  offerTime(picture, graph);
  find("fit").addEventListener("click", () => picture.fit());
  find("closer").addEventListener("click", () => picture.zoom(1.4));
  find("farther").addEventListener("click", () => picture.zoom(1 / 1.4));
  find("search").addEventListener("submit", search);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => picture.recolour());

  const groups = new Map(data.entities.map(({ cluster }, i) => [cluster, i]));
  /** What a search found, by the group it is in. */
  let hits = new Map();
  const linkTo = (name) => element("li", {}, element("a", { href: addressOf(root.dataset.entity, { name }) }, name));

  let asked = 0;
  function select(node, centre = false) {
    asked++;
    picture.select(node, { centre });
    const card = find("card");
    if (node < 0) {
      card.replaceChildren(element("p", { class: "soft" }, "Choose an entity: what is known about it stands here."));
      return;
    }

    const { name, type, relations, cluster, entities } = data.entities[node];
    if (isOfClusters) {
      const query = find("search").elements.q.value;
      const names = hits.get(node) ?? [];
      card.replaceChildren(
        element("h2", {}, name),
        element("p", { class: "soft" }, `${entities.toLocaleString()} entities, most of them: ${type}`),
        element("p", {}, element("a", { class: "button", href: addressOf(location.pathname, { cluster, ...(names.length > 0 ? { q: query } : {}) }) }, "Open this group")),
        ...(names.length > 0 ? [element("h3", {}, `Found in it: ${names.length.toLocaleString()}`), element("ul", {}, ...names.slice(0, mostFacts).map(linkTo))] : []),
      );
      return;
    }

    const facts = element("ul", {});
    card.replaceChildren(
      element("h2", {}, element("a", { href: addressOf(root.dataset.entity, { name }) }, name)),
      element("p", { class: "soft" }, `${type} · ${relations.toLocaleString()} ${relations === 1 ? "relation" : "relations"}`),
      facts,
      element("ul", { class: "neighbours" }, ...neighboursOf(node)),
    );
    const mine = asked;
    read(addressOf(root.dataset.facts, { name }))
      .then(({ observations }) => {
        if (mine === asked) {
          const newest = observations.slice(-mostFacts).reverse();
          facts.replaceChildren(...newest.map((fact) => element("li", {}, fact)));
        }
      })
      .catch((error) => facts.replaceChildren(element("li", {}, error.message)));
  }

  function neighboursOf(node) {
    const all = picture.neighboursOf(node);
    return [
      ...all.slice(0, mostNeighbours).map(({ source, target, type }) => {
        const other = source === node ? target : source;
        const label = source === node ? `${type} → ${data.entities[other].name}` : `${data.entities[other].name} ${type} →`;
        return element("li", {}, element("button", { type: "button", onclick: () => select(other, true) }, label));
      }),
      ...(all.length > mostNeighbours ? [element("li", { class: "soft" }, `and ${(all.length - mostNeighbours).toLocaleString()} more`)] : []),
    ];
  }

  async function search(event) {
    event.preventDefault();
    const query = new FormData(event.target).get("q");
    hits = new Map();
    if (!query) {
      picture.highlight([]);
      tellShown(data);
      return;
    }

    try {
      const { names, clusters } = await read(addressOf(root.dataset.found, { q: query, ...(isOfClusters ? { clusters: "1" } : {}) }));
      const places = isOfClusters ? (clusters ?? []).map((cluster) => groups.get(cluster)) : names.map((name) => numbers.get(name));
      names.forEach((name, i) => hits.set(places[i], [...(hits.get(places[i]) ?? []), name]));
      const found = [...new Set(places)].filter((node) => node !== undefined);
      picture.highlight(found);
      tell(
        names.length === 0 ? `Nothing was found for “${query}”.`
        : found.length === 0 ? `${names.length.toLocaleString()} found, none of them in this picture: ${names.slice(0, 5).join(", ")}`
        : isOfClusters ? `${names.length.toLocaleString()} found, in ${found.length.toLocaleString()} ${found.length === 1 ? "group" : "groups"}`
        : `${found.length.toLocaleString()} found`,
      );
      if (found.length > 0) {
        select(found[0], true);
      }
    } catch (error) {
      tell(error.message);
    }
  }

  const wanted = numbers.get(new URL(location.href).searchParams.get("name"));
  select(wanted ?? -1);
  const asksFor = new URL(location.href).searchParams.get("q");
  if (asksFor) {
    find("search").elements.q.value = asksFor;
    find("search").requestSubmit();
  }
}

function arrange(picture, graph, isOfClusters) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const worker = new Worker(root.dataset.worker);
  worker.onmessage = ({ data: { positions, isLast } }) => {
    if (isLast || !still) {
      picture.place(positions);
      picture.followLayout();
    }

    if (isLast) {
      root.dataset.settled = "";
      worker.terminate();
    }
  };
  worker.onerror = () => tell("The picture cannot be arranged: the page's worker does not start.");
  worker.postMessage({
    count: graph.nodes.length,
    sources: graph.edges.map(({ source }) => source),
    targets: graph.edges.map(({ target }) => target),
    sizes: isOfClusters ? graph.nodes.map(({ size }) => size) : undefined,
  });
}

/** The slider that shows how the memory grew. */
function offerTime(picture, graph) {
  const moments = graph.nodes.map(({ from }) => from);
  const [first, last] = moments.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]);
  const slider = find("time");
  if (last - first < 1 / 1440) {
    slider.closest("label").hidden = true;
    return;
  }

  const format = new Intl.DateTimeFormat(undefined, last - first < 3 ? { dateStyle: "medium", timeStyle: "short" } : { dateStyle: "medium" });
  const shown = find("moment");
  const show = () => {
    const at = first + ((last - first) * slider.value) / slider.max;
    const isAll = slider.value === slider.max;
    const there = isAll ? moments.length : moments.filter((from) => from <= at).length;
    const text = `${format.format(at * day)}: ${there.toLocaleString()}`;
    picture.showUntil(isAll ? Infinity : at);
    shown.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  slider.addEventListener("input", show);
  show();
}

function showTypes(types) {
  find("types").replaceChildren(
    ...types.slice(0, mostTypes).map((type, i) => element("li", {}, element("i", { class: `kind-${i}` }), type || "no type")),
    ...(types.length > mostTypes ? [element("li", {}, element("i", { class: `kind-${mostTypes}` }), types.length === mostTypes + 1 ? "1 other type" : `${types.length - mostTypes} other types`)] : []),
  );
}

function tellShown({ kind, entities, relations, total, note }) {
  const number = (value, one, many) => `${value.toLocaleString()} ${value === 1 ? one : many}`;
  tell(
    note ??
      (kind === "clusters"
        ? `${number(total, "entity", "entities")} in ${number(entities.length, "group", "groups")}: open one to see its entities.`
        : `${number(entities.length, "entity", "entities")}, ${number(relations.length, "relation", "relations")}`),
  );
}

function count(entities) {
  const counts = new Map();
  entities.forEach(({ type, entities: members }) => counts.set(type, (counts.get(type) ?? 0) + (members ?? 1)));
  return counts;
}
