// What is drawn of a scene: lines, dots and names, as far as a view reaches.

const mostLabels = 90;
/** From this radius on a name stands across its circle. */
const largest = 16;

/**
 * Draws all but what the hand holds.
 * @param {CanvasRenderingContext2D} context where the camera stands
 * @param {import("./scene.js").Scene} scene
 * @param {object} colours
 * @param {number} scale
 * @param {{left: number, top: number, right: number, bottom: number}} view what of the scene is drawn
 */
export function drawScene(context, scene, colours, scale, view) {
  drawEdges(context, scene, colours, scale, view);
  drawNodes(context, scene, colours, scale, view);
  drawLabels(context, scene, colours, scale, view);
}

/** What the hand holds, above the sheet that was drawn without it. The context stands where the camera does. */
export function drawHeld(context, scene, colours, scale) {
  const node = scene.held;
  context.strokeStyle = colours.strong;
  context.globalAlpha = 0.7;
  context.beginPath();
  for (const { source, target } of scene.neighbours[node]) {
    context.moveTo(scene.positions[2 * source] * scale, scene.positions[2 * source + 1] * scale);
    context.lineTo(scene.positions[2 * target] * scale, scene.positions[2 * target + 1] * scale);
  }

  context.stroke();
  context.globalAlpha = 1;
  context.fillStyle = colours.types[scene.graph.nodes[node].type];
  context.beginPath();
  dot(context, scene, node, scale);
  context.fill();
  ring(context, scene, node, scale, colours.strong);
}

function drawEdges(context, scene, colours, scale, view) {
  const dim = scene.found.size > 0 || scene.selected >= 0;
  const strong = [];
  context.globalAlpha = dim ? 0.4 : scene.graph.edges.length > 2000 ? 0.4 : 0.7;
  context.strokeStyle = colours.line;
  context.lineWidth = Math.min(1.2, Math.max(0.5, scale));
  context.beginPath();
  for (const edge of scene.graph.edges) {
    const { source, target } = edge;
    if (source === scene.held || target === scene.held || edge.from > scene.moment || !scene.isThere(source) || !scene.isThere(target)) {
      continue;
    }

    if (source === scene.selected || target === scene.selected) {
      strong.push(edge);
      continue;
    }

    line(context, scene, edge, scale, view);
  }

  context.stroke();
  context.globalAlpha = 0.9;
  context.strokeStyle = colours.strong;
  context.lineWidth = 1.6;
  context.beginPath();
  strong.forEach((edge) => line(context, scene, edge, scale, view));
  context.stroke();
  context.globalAlpha = 1;
}

function line(context, scene, { source, target }, scale, view) {
  const at = scene.positions;
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

function drawNodes(context, scene, colours, scale, view) {
  const groups = new Map();
  const bright = scene.bright();
  scene.graph.nodes.forEach(({ type }, node) => {
    if (node === scene.held || !scene.isThere(node) || !isSeen(scene, node, view)) {
      return;
    }

    const key = bright === null || bright.has(node) ? type : type + 100;
    let group = groups.get(key);
    if (!group) {
      groups.set(key, (group = []));
    }

    group.push(node);
  });
  // What is faint lies below.
  for (const [key, nodes] of [...groups].sort((a, b) => b[0] - a[0])) {
    context.globalAlpha = key >= 100 ? 0.25 : 1;
    context.fillStyle = colours.types[key % 100];
    context.beginPath();
    for (const node of nodes) {
      dot(context, scene, node, scale);
    }

    context.fill();
  }

  context.globalAlpha = 1;
  for (const node of scene.found) {
    if (node !== scene.held && scene.isThere(node) && isSeen(scene, node, view)) {
      ring(context, scene, node, scale, colours.found);
    }
  }

  if (scene.selected >= 0 && scene.selected !== scene.held) {
    ring(context, scene, scene.selected, scale, colours.strong);
  }
}

function isSeen(scene, node, view) {
  const [x, y] = [scene.positions[2 * node], scene.positions[2 * node + 1]];
  return x > view.left && x < view.right && y > view.top && y < view.bottom;
}

function dot(context, scene, node, scale) {
  const [x, y, radius] = [scene.positions[2 * node] * scale, scene.positions[2 * node + 1] * scale, scene.radius(node, scale)];
  if (radius < 2) {
    context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  } else {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function ring(context, scene, node, scale, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  context.beginPath();
  context.arc(scene.positions[2 * node] * scale, scene.positions[2 * node + 1] * scale, scene.radius(node, scale) + 3, 0, 2 * Math.PI);
  context.stroke();
}

/** Names where there is room for them: what was chosen or found first, then what has most relations. */
function drawLabels(context, scene, colours, scale, view) {
  const taken = new Set();
  const near = scene.selected >= 0 ? scene.near() : new Set();
  const first = [...(scene.selected >= 0 ? [scene.selected] : []), ...scene.found, ...near];
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  let labels = 0;
  for (const node of new Set([...first, ...scene.order])) {
    if (labels === mostLabels) {
      break;
    }

    if (!scene.isThere(node) || !isSeen(scene, node, view)) {
      continue;
    }

    const isFirst = node === scene.selected || scene.found.has(node) || near.has(node);
    const dim = !isFirst && (scene.selected >= 0 || scene.found.size > 0);
    if (dim && scale < 1.5) {
      continue;
    }

    const name = cut(scene.graph.nodes[node].name);
    // Below the dot, and across a circle that is large: there is more of its name to see than of what is beside it.
    const radius = scene.radius(node, scale);
    const below = radius < largest ? radius + 3 : -6;
    const [x, y] = [scene.positions[2 * node] * scale, scene.positions[2 * node + 1] * scale + below];
    if (!claim(taken, x, y, name.length * 6.5)) {
      continue;
    }

    context.font = `${isFirst ? "600 " : ""}12px ${colours.font}`;
    context.globalAlpha = dim ? 0.55 : 1;
    context.strokeStyle = colours.paper;
    context.lineWidth = 3;
    context.strokeText(name, x, y);
    context.fillStyle = colours.ink;
    context.fillText(name, x, y);
    labels++;
  }

  context.globalAlpha = 1;
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
