/** What needs a look. */
package org.azekura.rest.alert;
