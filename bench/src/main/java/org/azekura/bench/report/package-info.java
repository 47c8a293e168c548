/** Samples to tables. */
package org.azekura.bench.report;
