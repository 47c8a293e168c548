/** Who can read the pools. */
package org.azekura.rest.key;
