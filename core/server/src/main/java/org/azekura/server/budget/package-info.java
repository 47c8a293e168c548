/**
 * What devices carry and cost in a month, and what of that they may: storage nodes count, the catalog remembers, and who lets jobs run asks here.
 */
package org.azekura.server.budget;
