/** The data path in plain Java: chunks, packs, trees, seals, labels. */
package org.azekura.engine;
