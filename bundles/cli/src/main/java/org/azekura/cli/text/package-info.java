/** How answers are written for people and for scripts: words, tables, JSON, paths, exit codes. */
package org.azekura.cli.text;
