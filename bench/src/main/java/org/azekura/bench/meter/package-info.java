/** Runs programs and counts what they and the appliance's process cost. Linux only. */
package org.azekura.bench.meter;
