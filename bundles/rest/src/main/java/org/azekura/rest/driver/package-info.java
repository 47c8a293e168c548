/** Driver packages, and whose are let in. */
package org.azekura.rest.driver;
