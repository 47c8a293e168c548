/** The runtime: launcher, bundle lists, start levels, default configuration. */
package org.azekura.felix.config;
