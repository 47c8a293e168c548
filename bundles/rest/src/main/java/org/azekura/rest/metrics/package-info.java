/** The appliance in figures, as Prometheus reads them. */
package org.azekura.rest.metrics;
