/** The REST interface and its event stream. */
package org.azekura.rest;
