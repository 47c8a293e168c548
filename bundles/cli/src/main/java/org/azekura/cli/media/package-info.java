/** Pools, devices, libraries, volumes. */
package org.azekura.cli.media;
