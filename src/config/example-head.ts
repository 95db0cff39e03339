/** The first lines of kvitt.example.yaml: what holds for every setting. */
export const exampleHead = `
# kvitt.yaml: every setting of Kvitt, with what it is for.
#
# Copy this file, put your own values in, and run \`kvitt check\`: it lists every fault at once, and tries
# Koha, the identity provider, the payment companies and the mail server.
#
# A SETTING IS GIVEN in one of three ways; the last one wins:
#   url: …                           here
#   urlFile: secrets/database-url    here, as the name of a file that holds it (for secrets; from this file's folder)
#   KVITT_DATABASE_URL=…             in the environment; KVITT_DATABASE_URL_FILE names a file
#   A list in a file or in the environment is written one entry a line, or as [one, other].
#
# WHAT YOU DO NOT NEED, leave out: "Left out" says what then holds; a setting that does not say it is needed. A name
# that is misspelt is a fault, not a silence. A setting that stands in several places is explained in the first.
#
# The university, its people and its numbers are invented. \`kvitt example\` prints this file.
`
  .trim()
  .split('\n')
