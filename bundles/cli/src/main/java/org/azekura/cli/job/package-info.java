/** Jobs: what a command orders, follows and reports; and the commands about jobs themselves. */
package org.azekura.cli.job;
