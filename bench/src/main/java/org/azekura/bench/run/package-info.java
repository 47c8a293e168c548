/** The order of a run, and what it notes down. */
package org.azekura.bench.run;
