// A graph on a canvas that moves under the hand. All of it is drawn rarely, on a sheet larger than the window; while somebody drags or zooms, only
// the sheet moves. Without a graphics card that is the difference between 5 and 60 frames a second.

/** How much larger than the window the sheet is, on each side. */
const margin = 0.5;
const mostLabels = 90;
const nearest = 0.02;
const closest = 8;
/** From this radius on a name stands across its circle. */
const largest = 16;

/**
 * @typedef {object} Graph
 * @property {{name: string, type: number, size: number, from: number, to?: number}[]} nodes from: when it came, in days
 * @property {{source: number, target: number, from: number}[]} edges
 * @property {boolean} [isToScale] whether sizes grow with the picture, so that circles stay beside each other
 */
export class Picture {
  #canvas;
  #context;
  #sheet = document.createElement("canvas");
  #sheetContext = this.#sheet.getContext("2d", { alpha: false });
  /** Where the sheet was drawn: the camera of that moment, or null when it has to be drawn anew. */
  #drawn = null;
  #camera = { x: 0, y: 0, scale: 1 };
  #frame = 0;
  #settled = 0;
  #positions = new Float32Array(0);
  #neighbours = [];
  #hand = null;
  #moment = Infinity;
  #found = new Set();
  #selected = -1;
  #under = -1;
  #placed = false;
  #touched = false;
  #colours = {};
  #order = [];

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Graph} graph
   * @param {{onSelect: (node: number, centre?: boolean) => void, onOpen: (node: number) => void}} heard
   */
  constructor(canvas, graph, heard) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false });
    this.graph = graph;
    this.heard = heard;
    this.#neighbours = graph.nodes.map(() => []);
    for (const edge of graph.edges) {
      this.#neighbours[edge.source].push(edge);
      if (edge.source !== edge.target) {
        this.#neighbours[edge.target].push(edge);
      }
    }

    this.#order = graph.nodes.map((_, i) => i).sort((a, b) => graph.nodes[b].size - graph.nodes[a].size);
    this.recolour();
    this.#listen();
    new ResizeObserver(() => this.#fitCanvas()).observe(canvas);
    this.#fitCanvas();
  }

  /** Takes the colours from the stylesheet, which differ between light and dark. */
  recolour() {
    const style = getComputedStyle(this.#canvas);
    const of = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
    this.#colours = {
      // Computed, since what a variable holds may be a function that a canvas does not know.
      paper: style.backgroundColor,
      ink: style.color,
      line: of("--picture-line", "#bbb"),
      strong: of("--picture-strong", "#0b5cad"),
      found: of("--picture-found", "#d9480f"),
      types: Array.from({ length: 9 }, (_, i) => of(`--type-${i}`, "#888")),
      font: style.fontFamily,
    };
    this.#renew();
  }

  /** @param {Float32Array} positions x and y of each node */
  place(positions) {
    this.#positions = positions;
    if (!this.#placed && this.#canvas.width > 0) {
      this.#placed = true;
      this.fit();
    }

    this.#renew();
  }

  /** Shows what had come by a day. */
  showUntil(moment) {
    this.#moment = moment;
    this.#renew();
  }

  /** @param {Iterable<number>} nodes what a search found */
  highlight(nodes) {
    this.#found = new Set(nodes);
    this.#renew();
  }

  select(node, { centre = false } = {}) {
    this.#selected = node;
    if (centre && node >= 0) {
      const { width, height } = this.#size();
      this.#camera.scale = Math.max(this.#camera.scale, 1);
      this.#camera.x = width / 2 - this.#positions[2 * node] * this.#camera.scale;
      this.#camera.y = height / 2 - this.#positions[2 * node + 1] * this.#camera.scale;
    }

    this.#renew();
  }

  /** Fits while the layout goes on, until a hand has moved the picture. */
  followLayout() {
    if (!this.#touched) {
      this.fit();
    }
  }

  neighboursOf(node) {
    return this.#neighbours[node];
  }

  /** All of it in the window. */
  fit() {
    if (this.graph.nodes.length === 0 || this.#positions.length === 0) {
      return;
    }

    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.#positions.length; i += 2) {
      left = Math.min(left, this.#positions[i]);
      right = Math.max(right, this.#positions[i]);
      top = Math.min(top, this.#positions[i + 1]);
      bottom = Math.max(bottom, this.#positions[i + 1]);
    }

    const { width, height } = this.#size();
    const scale = Math.min(width / (right - left + 70), height / (bottom - top + 70), 3);
    this.#camera = { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale };
    this.#renew();
  }

  /** Zooms about the middle, or about a point of the canvas. */
  zoom(factor, at = { x: this.#size().width / 2, y: this.#size().height / 2 }) {
    const scale = Math.min(closest, Math.max(nearest, this.#camera.scale * factor));
    const by = scale / this.#camera.scale;
    this.#camera = { scale, x: at.x - (at.x - this.#camera.x) * by, y: at.y - (at.y - this.#camera.y) * by };
    this.#touched = true;
    this.#move();
  }

  pan(x, y) {
    this.#camera = { ...this.#camera, x: this.#camera.x + x, y: this.#camera.y + y };
    this.#move();
  }

  #size() {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }

  #fitCanvas() {
    const { width, height } = this.#size();
    const ratio = Math.min(devicePixelRatio, 2);
    if (width === 0 || (this.#canvas.width === Math.round(width * ratio) && this.#canvas.height === Math.round(height * ratio))) {
      return;
    }

    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#sheet.width = Math.round(width * (1 + 2 * margin) * ratio);
    this.#sheet.height = Math.round(height * (1 + 2 * margin) * ratio);
    this.#drawn = null;
    if (this.#positions.length > 0 && !this.#placed) {
      this.#placed = true;
      this.fit();
    }

    this.#renew();
  }

  /** The sheet is out of date. */
  #renew() {
    this.#drawn = null;
    this.#paintSoon();
  }

  /** Only the camera has moved: the sheet is drawn anew once the hand rests. */
  #move() {
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => this.#renew(), 140);
    this.#paintSoon();
  }

  #paintSoon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint() {
    const { width, height } = this.#size();
    if (width === 0 || this.#positions.length === 0) {
      return;
    }

    if (this.#drawn === null || this.#leaves(width, height)) {
      this.#drawSheet(width, height);
    }

    const ratio = this.#canvas.width / width;
    const by = this.#camera.scale / this.#drawn.scale;
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#colours.paper;
    context.fillRect(0, 0, width, height);
    context.imageSmoothingEnabled = by !== 1;
    context.drawImage(
      this.#sheet,
      this.#camera.x - (this.#drawn.x + margin * width) * by,
      this.#camera.y - (this.#drawn.y + margin * height) * by,
      width * (1 + 2 * margin) * by,
      height * (1 + 2 * margin) * by,
    );
    this.#paintHeld(context);
  }

  /** Whether the window shows what the sheet does not have, while it is not being zoomed. */
  #leaves(width, height) {
    const by = this.#camera.scale / this.#drawn.scale;
    const x = this.#camera.x - this.#drawn.x * by;
    const y = this.#camera.y - this.#drawn.y * by;
    return by > 2.5 || (Math.abs(by - 1) < 0.001 && (Math.abs(x) > margin * width || Math.abs(y) > margin * height));
  }

  #drawSheet(width, height) {
    const ratio = this.#canvas.width / width;
    const { x, y, scale } = this.#camera;
    this.#drawn = { x, y, scale };
    const context = this.#sheetContext;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#colours.paper;
    context.fillRect(0, 0, width * (1 + 2 * margin), height * (1 + 2 * margin));
    context.translate(x + margin * width, y + margin * height);
    const view = {
      left: (-x - margin * width) / scale - 60,
      top: (-y - margin * height) / scale - 60,
      right: (width * (1 + margin) - x) / scale + 60,
      bottom: (height * (1 + margin) - y) / scale + 60,
    };
    const held = this.#hand?.node ?? -1;
    this.#drawEdges(context, scale, view, held);
    this.#drawNodes(context, scale, view, held);
    this.#drawLabels(context, scale, view);
  }

  #isThere(node) {
    return this.graph.nodes[node].from <= this.#moment;
  }

  #radius(node, scale) {
    if (this.graph.isToScale) {
      return Math.max(this.graph.nodes[node].size * scale, 2);
    }

    const radius = this.graph.nodes[node].size * Math.min(1.6, Math.max(0.45, Math.sqrt(scale)));
    return Math.max(radius, 1.2);
  }

  #drawEdges(context, scale, view, held) {
    const dim = this.#found.size > 0 || this.#selected >= 0;
    const strong = [];
    context.globalAlpha = dim ? 0.4 : this.graph.edges.length > 2000 ? 0.4 : 0.7;
    context.strokeStyle = this.#colours.line;
    context.lineWidth = Math.min(1.2, Math.max(0.5, scale));
    context.beginPath();
    for (const edge of this.graph.edges) {
      const { source, target } = edge;
      if (source === held || target === held || edge.from > this.#moment || !this.#isThere(source) || !this.#isThere(target)) {
        continue;
      }

      if (source === this.#selected || target === this.#selected) {
        strong.push(edge);
        continue;
      }

      this.#line(context, edge, scale, view);
    }

    context.stroke();
    context.globalAlpha = 0.9;
    context.strokeStyle = this.#colours.strong;
    context.lineWidth = 1.6;
    context.beginPath();
    strong.forEach((edge) => this.#line(context, edge, scale, view));
    context.stroke();
    context.globalAlpha = 1;
  }

  #line(context, { source, target }, scale, view) {
    const at = this.#positions;
    const [x1, y1, x2, y2] = [at[2 * source], at[2 * source + 1], at[2 * target], at[2 * target + 1]];
    if (
      (x1 < view.left && x2 < view.left) ||
      (x1 > view.right && x2 > view.right) ||
      (y1 < view.top && y2 < view.top) ||
      (y1 > view.bottom && y2 > view.bottom)
    ) {
      return;
    }

    context.moveTo(x1 * scale, y1 * scale);
    context.lineTo(x2 * scale, y2 * scale);
  }

  #isBright(node) {
    if (this.#found.size > 0) {
      return this.#found.has(node) || node === this.#selected;
    }

    return (
      this.#selected < 0 ||
      node === this.#selected ||
      this.#neighbours[node].some(({ source, target }) => source === this.#selected || target === this.#selected)
    );
  }

  #drawNodes(context, scale, view, held) {
    const groups = new Map();
    const bright = this.#selected >= 0 && this.#found.size === 0 ? this.#near() : null;
    this.graph.nodes.forEach(({ type }, node) => {
      if (node === held || !this.#isThere(node) || !this.#isSeen(node, view)) {
        return;
      }

      const isBright = bright ? bright.has(node) : this.#isBright(node);
      const key = isBright ? type : type + 100;
      let group = groups.get(key);
      if (!group) {
        groups.set(key, (group = []));
      }

      group.push(node);
    });
    // What is faint lies below.
    for (const [key, nodes] of [...groups].sort((a, b) => b[0] - a[0])) {
      context.globalAlpha = key >= 100 ? 0.25 : 1;
      context.fillStyle = this.#colours.types[key % 100];
      context.beginPath();
      for (const node of nodes) {
        this.#dot(context, node, scale);
      }

      context.fill();
    }

    context.globalAlpha = 1;
    for (const node of this.#found) {
      if (node !== held && this.#isThere(node) && this.#isSeen(node, view)) {
        this.#ring(context, node, scale, this.#colours.found);
      }
    }

    if (this.#selected >= 0 && this.#selected !== held) {
      this.#ring(context, this.#selected, scale, this.#colours.strong);
    }
  }

  #near() {
    const near = new Set([this.#selected]);
    for (const { source, target } of this.#neighbours[this.#selected]) {
      near.add(source).add(target);
    }

    return near;
  }

  #isSeen(node, view) {
    const [x, y] = [this.#positions[2 * node], this.#positions[2 * node + 1]];
    return x > view.left && x < view.right && y > view.top && y < view.bottom;
  }

  #dot(context, node, scale) {
    const [x, y, radius] = [this.#positions[2 * node] * scale, this.#positions[2 * node + 1] * scale, this.#radius(node, scale)];
    if (radius < 2) {
      context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }

  #ring(context, node, scale, colour) {
    context.strokeStyle = colour;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(this.#positions[2 * node] * scale, this.#positions[2 * node + 1] * scale, this.#radius(node, scale) + 3, 0, 2 * Math.PI);
    context.stroke();
  }

  /** Names where there is room for them: what was chosen or found first, then what has most relations. */
  #drawLabels(context, scale, view) {
    const taken = new Set();
    const near = this.#selected >= 0 ? this.#near() : new Set();
    const first = [...(this.#selected >= 0 ? [this.#selected] : []), ...this.#found, ...near];
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    let labels = 0;
    for (const node of new Set([...first, ...this.#order])) {
      if (labels === mostLabels) {
        break;
      }

      if (!this.#isThere(node) || !this.#isSeen(node, view)) {
        continue;
      }

      const isFirst = node === this.#selected || this.#found.has(node) || near.has(node);
      const dim = !isFirst && (this.#selected >= 0 || this.#found.size > 0);
      if (dim && scale < 1.5) {
        continue;
      }

      const name = cut(this.graph.nodes[node].name);
      // Below the dot, and across a circle that is large: there is more of its name to see than of what is beside it.
      const radius = this.#radius(node, scale);
      const below = radius < largest ? radius + 3 : -6;
      const [x, y] = [this.#positions[2 * node] * scale, this.#positions[2 * node + 1] * scale + below];
      if (!claim(taken, x, y, name.length * 6.5)) {
        continue;
      }

      context.font = `${isFirst ? "600 " : ""}12px ${this.#colours.font}`;
      context.globalAlpha = dim ? 0.55 : 1;
      context.strokeStyle = this.#colours.paper;
      context.lineWidth = 3;
      context.strokeText(name, x, y);
      context.fillStyle = this.#colours.ink;
      context.fillText(name, x, y);
      labels++;
    }

    context.globalAlpha = 1;
  }

  /** What the hand holds, above the sheet that was drawn without it. */
  #paintHeld(context) {
    const node = this.#hand?.node ?? -1;
    if (node < 0) {
      return;
    }

    const { x, y, scale } = this.#camera;
    context.save();
    context.translate(x, y);
    context.strokeStyle = this.#colours.strong;
    context.globalAlpha = 0.7;
    context.beginPath();
    for (const { source, target } of this.#neighbours[node]) {
      context.moveTo(this.#positions[2 * source] * scale, this.#positions[2 * source + 1] * scale);
      context.lineTo(this.#positions[2 * target] * scale, this.#positions[2 * target + 1] * scale);
    }

    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = this.#colours.types[this.graph.nodes[node].type];
    context.beginPath();
    this.#dot(context, node, scale);
    context.fill();
    this.#ring(context, node, scale, this.#colours.strong);
    context.restore();
  }

  /** The node under a point of the canvas, or -1. */
  #nodeAt(x, y, reach = 6) {
    const { scale } = this.#camera;
    const [left, top] = [(x - this.#camera.x) / scale, (y - this.#camera.y) / scale];
    let [best, bestDistance] = [-1, Infinity];
    for (let node = 0; node < this.graph.nodes.length; node++) {
      const distance = Math.hypot(this.#positions[2 * node] - left, this.#positions[2 * node + 1] - top) * scale - this.#radius(node, scale);
      if (distance < reach && distance < bestDistance && this.#isThere(node)) {
        [best, bestDistance] = [node, distance];
      }
    }

    return best;
  }

  #listen() {
    const canvas = this.#canvas;
    const pointers = new Map();
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) {
        return;
      }

      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      const node = pointers.size === 1 ? this.#nodeAt(event.offsetX, event.offsetY) : -1;
      this.#hand = { node: -1, over: node, moved: 0 };
      this.#touched = true;
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before || !this.#hand) {
        this.#hover(event);
        return;
      }

      const here = { x: event.offsetX, y: event.offsetY };
      pointers.set(event.pointerId, here);
      this.#hand.moved += Math.abs(here.x - before.x) + Math.abs(here.y - before.y);
      if (pointers.size === 2) {
        const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
        const apart = (at) => Math.hypot(at.x - other.x, at.y - other.y);
        this.zoom(apart(here) / Math.max(1, apart(before)), { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 });
      } else if (this.#hand.over >= 0 && this.#hand.moved > 4) {
        this.#drag(this.#hand.over, (here.x - before.x) / this.#camera.scale, (here.y - before.y) / this.#camera.scale);
      } else {
        this.pan(here.x - before.x, here.y - before.y);
      }
    });
    const release = (event) => {
      if (!pointers.delete(event.pointerId) || pointers.size > 0) {
        return;
      }

      const { over, moved } = this.#hand;
      this.#hand = null;
      if (event.type === "pointerup" && moved <= 4) {
        this.heard.onSelect(over);
      }

      this.#renew();
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("dblclick", (event) => {
      const node = this.#nodeAt(event.offsetX, event.offsetY);
      if (node >= 0) {
        this.heard.onOpen(node);
      }
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), { x: event.offsetX, y: event.offsetY });
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", (event) => {
      const act = {
        ArrowLeft: () => this.pan(60, 0),
        ArrowRight: () => this.pan(-60, 0),
        ArrowUp: () => this.pan(0, 60),
        ArrowDown: () => this.pan(0, -60),
        "+": () => this.zoom(1.3),
        "=": () => this.zoom(1.3),
        "-": () => this.zoom(1 / 1.3),
        0: () => this.fit(),
        Escape: () => this.heard.onSelect(-1),
        n: () => this.#step(1),
        p: () => this.#step(-1),
        Enter: () => this.#selected >= 0 && this.heard.onOpen(this.#selected),
      }[event.key];
      if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        act();
      }
    });
  }

  /** The next by size, which is how somebody without a mouse walks. */
  #step(by) {
    const there = this.#order.filter((node) => this.#isThere(node));
    if (there.length > 0) {
      const at = there.indexOf(this.#selected);
      const next = at < 0 ? (by > 0 ? 0 : there.length - 1) : (at + by + there.length) % there.length;
      this.heard.onSelect(there[next], true);
    }
  }

  #hover({ offsetX, offsetY }) {
    const node = this.#nodeAt(offsetX, offsetY, 3);
    if (node !== this.#under) {
      this.#under = node;
      this.#canvas.style.cursor = node >= 0 ? "pointer" : "";
      this.#canvas.title = node >= 0 ? this.graph.nodes[node].name : "";
    }
  }

  #drag(node, x, y) {
    if (this.#hand.node < 0) {
      this.#hand.node = node;
      this.#drawn = null;
    }

    this.#positions[2 * node] += x;
    this.#positions[2 * node + 1] += y;
    this.#paintSoon();
  }
}

function cut(name) {
  return name.length > 32 ? `${name.slice(0, 30)}…` : name;
}

/** Takes the room of a label in a coarse grid, if nobody has it. */
function claim(taken, x, y, width) {
  const [cell, line] = [16, Math.round(y / 16)];
  const cells = [];
  for (let at = Math.floor((x - width / 2) / cell); at <= Math.floor((x + width / 2) / cell); at++) {
    cells.push(`${at}:${line}`, `${at}:${line + 1}`);
  }

  if (cells.some((each) => taken.has(each))) {
    return false;
  }

  cells.forEach((each) => taken.add(each));
  return true;
}
