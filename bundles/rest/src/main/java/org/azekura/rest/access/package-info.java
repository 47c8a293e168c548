/** Who calls: sessions, users, tokens, and what is written down about what they do. */
package org.azekura.rest.access;
