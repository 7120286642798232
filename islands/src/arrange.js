// Where entities stand: those that are related near each other, the others apart.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

/**
 * Arranges a graph, step by step.
 * @param {{count: number, sources: ArrayLike<number>, targets: ArrayLike<number>, sizes?: ArrayLike<number>}} graph sizes: the radius of each, where
 * none may lie upon another
 * @yields {Float32Array} x and y of each entity, the same array every time
 */
export function* arrange({ count, sources, targets, sizes }) {
  const nodes = Array.from({ length: count }, () => ({}));
  const links = Array.from(sources, (source, i) => ({ source, target: targets[i] }));
  const rounds = count > 3000 ? 120 : count > 800 ? 180 : 300;
  const simulation = forceSimulation(nodes)
    .stop()
    .alphaDecay(1 - 0.001 ** (1 / rounds))
    .force(
      "charge",
      forceManyBody()
        .strength(sizes ? (_, i) => -4 * sizes[i] : count < 80 ? -120 : -40)
        .theta(1.1)
        .distanceMax(count > 800 ? 900 : Infinity),
    )
    .force("link", forceLink(links).distance(sizes ? ({ source, target }) => 12 + sizes[source.index] + sizes[target.index] : count < 80 ? 55 : 34))
    .force("x", forceX().strength(count > 800 ? 0.06 : 0.08))
    .force("y", forceY().strength(count > 800 ? 0.06 : 0.08));
  if (sizes) {
    simulation.force("apart", forceCollide((_, i) => sizes[i] + 2).iterations(3));
  }

  const positions = new Float32Array(2 * count);
  for (let round = 0; round < rounds; round++) {
    simulation.tick();
    for (let i = 0; i < count; i++) {
      positions[2 * i] = nodes[i].x;
      positions[2 * i + 1] = nodes[i].y;
    }

    yield positions;
  }

  yield positions;
}
