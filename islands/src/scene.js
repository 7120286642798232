// What a picture shows: entities at their places, and which of them have come, were found, are chosen or held.

/**
 * @typedef {object} Graph
 * @property {{name: string, type: number, size: number, from: number, to?: number}[]} nodes from: when it came, in days
 * @property {{source: number, target: number, from: number}[]} edges
 * @property {boolean} [isToScale] whether sizes grow with the picture, so that circles stay beside each other
 */
export class Scene {
  /** x and y of each node. */
  positions = new Float32Array(0);
  /** The edges of each node. */
  neighbours;
  /** All nodes, the largest first. */
  order;
  moment = Infinity;
  found = new Set();
  selected = -1;
  /** What the hand holds, or -1. */
  held = -1;

  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
    this.neighbours = graph.nodes.map(() => []);
    for (const edge of graph.edges) {
      this.neighbours[edge.source].push(edge);
      if (edge.source !== edge.target) {
        this.neighbours[edge.target].push(edge);
      }
    }

    this.order = graph.nodes.map((_, i) => i).sort((a, b) => graph.nodes[b].size - graph.nodes[a].size);
  }

  get isPlaced() {
    return this.positions.length > 0;
  }

  /** What all of it takes. */
  bounds() {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < this.positions.length; i += 2) {
      left = Math.min(left, this.positions[i]);
      right = Math.max(right, this.positions[i]);
      top = Math.min(top, this.positions[i + 1]);
      bottom = Math.max(bottom, this.positions[i + 1]);
    }

    return { left, top, right, bottom };
  }

  isThere(node) {
    return this.graph.nodes[node].from <= this.moment;
  }

  radius(node, scale) {
    if (this.graph.isToScale) {
      return Math.max(this.graph.nodes[node].size * scale, 2);
    }

    const radius = this.graph.nodes[node].size * Math.min(1.6, Math.max(0.45, Math.sqrt(scale)));
    return Math.max(radius, 1.2);
  }

  /** What is not faint: what was found, or else what is chosen and its neighbours; null where all of it is bright. */
  bright() {
    if (this.found.size > 0) {
      return new Set([...this.found, this.selected]);
    }

    return this.selected >= 0 ? this.near() : null;
  }

  /** What is chosen, and its neighbours. */
  near() {
    const near = new Set([this.selected]);
    for (const { source, target } of this.neighbours[this.selected]) {
      near.add(source).add(target);
    }

    return near;
  }

  /** The node at a place, or -1. */
  nodeAt(x, y, scale, reach) {
    let [best, bestDistance] = [-1, Infinity];
    for (let node = 0; node < this.graph.nodes.length; node++) {
      const distance = Math.hypot(this.positions[2 * node] - x, this.positions[2 * node + 1] - y) * scale - this.radius(node, scale);
      if (distance < reach && distance < bestDistance && this.isThere(node)) {
        [best, bestDistance] = [node, distance];
      }
    }

    return best;
  }

  /** The next by size, which is how somebody without a mouse walks; -1 where nothing has come. */
  next(by) {
    const there = this.order.filter((node) => this.isThere(node));
    if (there.length === 0) {
      return -1;
    }

    const at = there.indexOf(this.selected);
    return there[at < 0 ? (by > 0 ? 0 : there.length - 1) : (at + by + there.length) % there.length];
  }
}
