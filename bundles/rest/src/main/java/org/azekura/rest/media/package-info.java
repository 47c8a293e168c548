/** Pools, volumes, libraries and devices. */
package org.azekura.rest.media;
