/** What is damaged in one place is repaired from another. */
package org.azekura.server.job.heal;
