// Pointers, wheel and keys that move a picture and choose in it.

/** How far a pointer may move, in pixels, and still have clicked. */
const stillness = 4;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./picture.js").Picture} picture
 * @param {{onSelect: (node: number, centre?: boolean) => void, onOpen: (node: number) => void}} heard
 */
export function listen(canvas, picture, heard) {
  listenToPointers(canvas, picture, heard);
  listenToKeys(canvas, picture, heard);
  canvas.addEventListener("dblclick", (event) => {
    const node = picture.nodeAt(event.offsetX, event.offsetY);
    if (node >= 0) {
      heard.onOpen(node);
    }
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      picture.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), { x: event.offsetX, y: event.offsetY });
    },
    { passive: false },
  );
}

function listenToPointers(canvas, picture, heard) {
  const pointers = new Map();
  /** The node that the hand came down on, and how far it has moved since; null where no hand is. */
  let hand = null;
  let under = -1;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) {
      return;
    }

    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    hand = { node: pointers.size === 1 ? picture.nodeAt(event.offsetX, event.offsetY) : -1, moved: 0 };
    picture.isTouched = true;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before || !hand) {
      hover(event);
      return;
    }

    const here = { x: event.offsetX, y: event.offsetY };
    pointers.set(event.pointerId, here);
    hand.moved += Math.abs(here.x - before.x) + Math.abs(here.y - before.y);
    if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const apart = (at) => Math.hypot(at.x - other.x, at.y - other.y);
      picture.zoom(apart(here) / Math.max(1, apart(before)), { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 });
    } else if (hand.node >= 0 && hand.moved > stillness) {
      picture.drag(hand.node, here.x - before.x, here.y - before.y);
    } else {
      picture.pan(here.x - before.x, here.y - before.y);
    }
  });
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);

  function release(event) {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) {
      return;
    }

    const { node, moved } = hand;
    hand = null;
    if (event.type === "pointerup" && moved <= stillness) {
      heard.onSelect(node);
    }

    picture.release();
  }

  function hover({ offsetX, offsetY }) {
    const node = picture.nodeAt(offsetX, offsetY, 3);
    if (node !== under) {
      under = node;
      canvas.style.cursor = node >= 0 ? "pointer" : "";
      canvas.title = node >= 0 ? picture.scene.graph.nodes[node].name : "";
    }
  }
}

function listenToKeys(canvas, picture, heard) {
  const step = (by) => {
    const node = picture.scene.next(by);
    if (node >= 0) {
      heard.onSelect(node, true);
    }
  };
  const acts = {
    ArrowLeft: () => picture.pan(60, 0),
    ArrowRight: () => picture.pan(-60, 0),
    ArrowUp: () => picture.pan(0, 60),
    ArrowDown: () => picture.pan(0, -60),
    "+": () => picture.zoom(1.3),
    "=": () => picture.zoom(1.3),
    "-": () => picture.zoom(1 / 1.3),
    0: () => picture.fit(),
    Escape: () => heard.onSelect(-1),
    n: () => step(1),
    p: () => step(-1),
    Enter: () => picture.scene.selected >= 0 && heard.onOpen(picture.scene.selected),
  };
  canvas.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : null;
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  });
}
