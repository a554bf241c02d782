'use strict';

// The tabs that a first visitor finds: each shows one thing that Waybill does, in the order in which to try them. First
// how a write goes, with contacts.
const contactTabs = [
    {
        query: `# Welcome to Waybill.
# Press the play button, or Ctrl-Enter.
#
# Reads are answered at once, oldest contact first.
# The list is empty at first. Add somebody in the next
# tab, or have customers, restaurants and orders made
# for you. In a shell:
#
#   ./waybill demo${location.origin === 'http://localhost:8080' ? '' : ' --http ' + location.origin}
query ListContacts {
  listContacts(count: 10) {
    id
    name
    email
    last_updated
    version
  }
}
`,
    },
    {
        query: `# A mutation is answered as soon as the command is
# on disk, before it is applied: "Queued to add".
# The new contact's id is known already; it can be
# read a moment later (3 seconds, unless told
# otherwise).
#
# commandId is the waybill: the next tab shows what
# becomes of it.
mutation AddContact($name: String!, $email: String) {
  addContact(name: $name, email: $email) {
    status
    message
    commandId
    id
  }
}
`,
        variables: JSON.stringify({name: 'John HUEBR', email: 'john@example.org'}, null, 2),
    },
    {
        query: `# Follow a command: first PENDING, then its one
# outcome, as soon as it is known. Run this right
# after a mutation.
#
# In this playground "last" stands for the contact,
# restaurant, order or command that you made last, in
# a variable of that name; an id can stand there as
# well.
subscription FollowCommand($command: String!) {
  commandUpdates(id: $command) {
    status
    code
    message
    aggregateId
    version
    acceptedAt
    decidedAt
  }
}
`,
        variables: JSON.stringify({command: 'last'}, null, 2),
    },
    {
        query: `# Read your own write: the answer waits until the
# command's outcome is in what is read. Never stale,
# never a guess.
query ReadMyWrite($contact: String!, $command: String!) {
  getContact(id: $contact, afterCommand: $command) {
    id
    name
    email
    phone
    last_updated
    version
  }
}
`,
        variables: JSON.stringify({contact: 'last', command: 'last'}, null, 2),
    },
    {
        query: `# An update changes what is given and leaves the
# rest; an empty email or phone clears it.
#
# With an idempotencyKey it is safe to send again:
# the same key with the same content is the same
# command.
mutation UpdateContact(
  $contact: String!
  $name: String
  $phone: String
  $idempotencyKey: String
) {
  updateContact(
    id: $contact
    name: $name
    phone: $phone
    idempotencyKey: $idempotencyKey
  ) {
    status
    message
    commandId
    id
  }
}

# An id that nobody added is refused at once: an
# error whose extensions.code is NOT_FOUND.
mutation DeleteContact($contact: String!) {
  deleteContact(id: $contact) {
    status
    message
    commandId
    id
  }
}
`,
        variables: JSON.stringify({contact: 'last', name: 'John Huebr', phone: '+49 30 1234567'}, null, 2),
    },
];
