/** What needs a look: who knows of it, and since when. */
package org.azekura.server.alert;
