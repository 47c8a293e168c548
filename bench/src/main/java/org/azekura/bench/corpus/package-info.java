/** Trees of files made from a seed: contents that compress as real ones do, and what a day of work changes in them. */
package org.azekura.bench.corpus;
