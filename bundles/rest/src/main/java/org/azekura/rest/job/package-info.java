/** Jobs, and what is ordered. */
package org.azekura.rest.job;
