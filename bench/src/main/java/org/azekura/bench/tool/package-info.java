/** The programs that are measured beside each other: the appliance and its peers, each used as its manual says. */
package org.azekura.bench.tool;
