/** People who chat, as Gatling plays them: {@code mvn -Pbench verify -Dbench=people}. Compiled for that run alone. */
package parley.people;
