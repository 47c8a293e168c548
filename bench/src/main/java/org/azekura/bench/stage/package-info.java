/** The stages of the data path, each alone, by JMH. */
package org.azekura.bench.stage;
