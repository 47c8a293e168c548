/** What is saved, and when. */
package org.azekura.rest.protection;
