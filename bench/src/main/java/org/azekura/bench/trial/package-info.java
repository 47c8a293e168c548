/** What only a run of its own shows, of the appliance alone: sizes, kills, lost catalogs. */
package org.azekura.bench.trial;
