'use strict';

// The tabs that come after those of contacts: an order from post to pickup, and back when somebody says no. The customer
// is the last contact.
const orderTabs = [
    {
        query: `# An order needs a customer, which is a contact, and
# a restaurant. MANUAL lets a person decide on each
# order; AUTO takes them all.
mutation RegisterRestaurant($name: String!, $review: Review) {
  registerRestaurant(name: $name, review: $review) {
    message
    commandId
    id
  }
}
`,
        variables: JSON.stringify({name: 'Noodle bar', review: 'MANUAL'}, null, 2),
    },
    {
        query: `# Money for the customer, two dishes for the
# restaurant's menu, and its door opened. Several
# mutations in one document are accepted one after
# the other.
mutation PayInAndOpen($contact: String!, $restaurant: String!) {
  deposit(customer_id: $contact, amount: "50.00") {
    message
  }
  soup: setItem(
    id: $restaurant
    code: "soup"
    name: "Soup of the day"
    unit_price: "6.00"
    on_hand: 10
  ) {
    message
  }
  tea: setItem(
    id: $restaurant
    code: "tea"
    name: "Green tea"
    unit_price: "2.40"
    on_hand: 10
  ) {
    message
  }
  openRestaurant(id: $restaurant) {
    message
    commandId
  }
}
`,
        variables: JSON.stringify({contact: 'last', restaurant: 'last'}, null, 2),
    },
    {
        query: `# The order's id is known at once. From here on it
# runs by itself: step by step to APPROVED, or, when
# somebody refuses, step by step back.
#
# Prices are the menu's, exact to the cent.
mutation CreateOrder(
  $contact: String!
  $restaurant: String!
  $items: [OrderItemInput!]!
) {
  createOrder(
    customer_id: $contact
    restaurant_id: $restaurant
    order_items: $items
  ) {
    message
    commandId
    id
  }
}
`,
        variables: JSON.stringify(
            {
                contact: 'last',
                restaurant: 'last',
                items: [
                    {code: 'soup', unit_price: '6.00', quantity: 2},
                    {code: 'tea', unit_price: '2.40', quantity: 1},
                ],
            },
            null,
            2),
    },
    {
        query: `# Watch it go: the order as it stands, then after
# each change. "why" says what it waits for. Leave
# this open, approve the order in the tab after next,
# and come back.
subscription FollowOrder($order: String!) {
  orderUpdates(id: $order) {
    status
    code
    message
    saga {
      phase
      why
      stuck
    }
    version
  }
}
`,
        variables: JSON.stringify({order: 'last'}, null, 2),
    },
    {
        query: `# How far the order is, with all that it has touched:
# the steps, the customer's money, the restaurant's
# stock, the kitchen's shopping list.
query SeeSaga($order: String!) {
  order(id: $order) {
    status
    total { amount currency }
    saga {
      phase
      why
      deadline
      steps { step state attempts code }
    }
    customer {
      name
      account {
        balance { amount }
        debited { amount }
      }
    }
    restaurant {
      name
      menu { code on_hand reserved available }
    }
    shopping_list { status assignee }
  }
}
`,
        variables: JSON.stringify({order: 'last'}, null, 2),
    },
    {
        query: `# The play button asks which of these to run. As the
# restaurant's person, while the review is open:
mutation ApproveOrder($order: String!) {
  approveOrder(id: $order) {
    message
    commandId
  }
}

# Then what was done is undone: the money and the soup
# are back.
mutation DeclineOrder($order: String!, $reason: String) {
  declineOrder(id: $order, reason: $reason) {
    message
    commandId
  }
}

# As the customer, until the restaurant has approved;
# from then on it is TOO_LATE.
mutation CancelOrder($order: String!) {
  cancelOrder(id: $order) {
    message
    commandId
  }
}
`,
        variables: JSON.stringify({order: 'last', reason: 'the soup is cold'}, null, 2),
    },
    {
        query: `# As the kitchen, once the order is APPROVED: put it
# together. The order becomes READY.
mutation CompleteList($order: String!, $assignee: String!) {
  assignShoppingList(order_id: $order, assignee: $assignee) {
    message
  }
  completeShoppingList(order_id: $order) {
    message
    commandId
  }
}

# As the customer, once it is READY: pick it up.
mutation CollectOrder($order: String!) {
  collectOrder(id: $order) {
    message
    commandId
  }
}
`,
        variables: JSON.stringify({order: 'last', assignee: 'the cook'}, null, 2),
    },
    {
        query: `# The customer's account, and its last ten movements,
# each with the balance that it left. Always:
# deposited = balance + held + debited + withdrawn.
query Statement($contact: String!) {
  account(customer_id: $contact) {
    deposited { amount currency }
    balance { amount }
    held { amount }
    debited { amount }
    withdrawn { amount }
  }
  statement(customer_id: $contact, last: 10) {
    nodes {
      at
      kind
      amount { amount }
      balance { amount }
      order_id
    }
  }
}
`,
        variables: JSON.stringify({contact: 'last'}, null, 2),
    },
    {
        query: `# All orders, newest first. There are filters: those
# that wait for a person are
#   orders(filter: {review_open: true})
# and those under way, stuck ones first,
#   orders(filter: {running: true})
query RecentOrders {
  orders(first: 10) {
    nodes {
      id
      status
      code
      total { amount currency }
      customer { name }
      restaurant { name }
      saga { why }
    }
  }
}
`,
    },
];
