/** Where the interface listens, by which key, and the token of the home. */
package org.azekura.rest.https;
