// SPDX-License-Identifier: MIT
// Of repeated measurements: what is told of them.

/** { median, smallest, largest, samples } */
export function spread(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, smallest: sorted[0], largest: sorted.at(-1), samples };
}

const mean = (samples) => samples.reduce((sum, sample) => sum + sample, 0) / samples.length;

/** The square of the standard error of the mean, as a part of it; of one sample nothing is known, and 0 is told. */
function relativeVariance(samples) {
  const middle = mean(samples);
  const squares = samples.reduce((sum, sample) => sum + (sample / middle - 1) ** 2, 0);
  return samples.length > 1 ? squares / (samples.length - 1) / samples.length : 0;
}

/** { ratio, error, samples, others } of two lists of samples; `error`: the standard error of the ratio. */
export function ratioOfMeans(samples, others) {
  const ratio = mean(samples) / mean(others);
  return { ratio, error: ratio * Math.sqrt(relativeVariance(samples) + relativeVariance(others)), samples, others };
}

export function geometricMean(ratios) {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
