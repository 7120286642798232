// A graph on a canvas that moves under the hand. All of it is drawn rarely, on a sheet larger than the window; while somebody drags or zooms, only
// the sheet moves. Without a graphics card that is the difference between 5 and 60 frames a second.
import { drawHeld, drawScene } from "./drawing.js";
import { listen } from "./hands.js";
import { Scene } from "./scene.js";

/** How much larger than the window the sheet is, on each side. */
const margin = 0.5;
const nearest = 0.02;
const closest = 8;

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
  #placed = false;
  #colours = {};
  /** Whether a hand has moved it, so that it is not fitted any more by itself. */
  isTouched = false;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./scene.js").Graph} graph
   * @param {{onSelect: (node: number, centre?: boolean) => void, onOpen: (node: number) => void}} heard what a hand has chosen
   */
  constructor(canvas, graph, heard) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d", { alpha: false });
    this.scene = new Scene(graph);
    this.recolour();
    listen(canvas, this, heard);
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
    this.scene.positions = positions;
    if (!this.#placed && this.#canvas.width > 0) {
      this.#placed = true;
      this.fit();
    }

    this.#renew();
  }

  /** Shows what had come by a day. */
  showUntil(moment) {
    this.scene.moment = moment;
    this.#renew();
  }

  /** @param {Iterable<number>} nodes what a search found */
  highlight(nodes) {
    this.scene.found = new Set(nodes);
    this.#renew();
  }

  select(node, { centre = false } = {}) {
    this.scene.selected = node;
    if (centre && node >= 0) {
      const { width, height } = this.#size();
      this.#camera.scale = Math.max(this.#camera.scale, 1);
      this.#camera.x = width / 2 - this.scene.positions[2 * node] * this.#camera.scale;
      this.#camera.y = height / 2 - this.scene.positions[2 * node + 1] * this.#camera.scale;
    }

    this.#renew();
  }

  /** Fits while the layout goes on, until a hand has moved the picture. */
  followLayout() {
    if (!this.isTouched) {
      this.fit();
    }
  }

  neighboursOf(node) {
    return this.scene.neighbours[node];
  }

  /** All of it in the window. */
  fit() {
    if (!this.scene.isPlaced) {
      return;
    }

    const { left, top, right, bottom } = this.scene.bounds();
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
    this.isTouched = true;
    this.#move();
  }

  pan(x, y) {
    this.#camera = { ...this.#camera, x: this.#camera.x + x, y: this.#camera.y + y };
    this.isTouched = true;
    this.#move();
  }

  /** The node under a point of the canvas, or -1. */
  nodeAt(x, y, reach = 6) {
    const { scale } = this.#camera;
    return this.scene.nodeAt((x - this.#camera.x) / scale, (y - this.#camera.y) / scale, scale, reach);
  }

  /** Moves a node with the hand that holds it: it leaves the sheet. */
  drag(node, x, y) {
    if (this.scene.held < 0) {
      this.scene.held = node;
      this.#drawn = null;
    }

    this.scene.positions[2 * node] += x / this.#camera.scale;
    this.scene.positions[2 * node + 1] += y / this.#camera.scale;
    this.#paintSoon();
  }

  release() {
    this.scene.held = -1;
    this.#renew();
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
    if (this.scene.isPlaced && !this.#placed) {
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
    if (width === 0 || !this.scene.isPlaced) {
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
    if (this.scene.held >= 0) {
      context.save();
      context.translate(this.#camera.x, this.#camera.y);
      drawHeld(context, this.scene, this.#colours, this.#camera.scale);
      context.restore();
    }
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
    drawScene(context, this.scene, this.#colours, scale, view);
  }
}
