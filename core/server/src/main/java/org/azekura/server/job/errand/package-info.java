/** Jobs whose work others do: changes of drivers, and what is done with cartridges. Here is what both tell, and how they end. */
package org.azekura.server.job.errand;
