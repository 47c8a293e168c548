/** The command line; speaks REST only. Each topic of commands is a package; this one reads the line and finds the command. */
package org.azekura.cli;
