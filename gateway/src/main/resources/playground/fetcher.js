'use strict';

// Sends what the editor executes: queries and mutations with fetch, subscriptions over a WebSocket that speaks
// graphql-transport-ws. Remembers what was made last, for the variables that say "last".
const waybillFetcher = (() => {
    const LAST = 'last';

    // What a person should read instead of a stack trace.
    class Sentence extends Error {}

    function said(sentence) {
        return {errors: [{message: sentence}]};
    }

    // What a mutation makes, by its name. In a variable that is called like one of these, or "command", "last" stands
    // for the one that was made last.
    const MADE_BY = {addContact: 'contact', registerRestaurant: 'restaurant', createOrder: 'order'};
    const KINDS = [...Object.values(MADE_BY), 'command'];

    const key = (kind) => 'waybill.last.' + kind;
    const last = Object.fromEntries(KINDS.map((kind) => [kind, sessionStorage.getItem(key(kind))]));

    function show() {
        document.getElementById('last').hidden = KINDS.every((kind) => !last[kind]);
        for (const kind of KINDS) {
            const shown = document.getElementById('last-' + kind);
            shown.parentElement.hidden = !last[kind];
            shown.textContent = last[kind] || '';
            shown.title = last[kind] || '';
        }
    }

    function keep(kind, id) {
        if (kind && typeof id === 'string') {
            last[kind] = id;
            sessionStorage.setItem(key(kind), id);
        }
    }

    function remember(data) {
        for (const [mutation, submitted] of Object.entries(data || {})) {
            if (submitted) {
                keep(MADE_BY[mutation], submitted.id);
                keep('command', submitted.commandId);
            }
        }
        show();
    }

    // A tab is called like its mutation, but begins with a capital.
    const tab = (mutation) => mutation.replace(/^[a-z](?=\w)/, (first) => first.toUpperCase());

    function withLast(params, operation) {
        const variables = {...params.variables};
        for (const kind of KINDS) {
            if (variables[kind] === LAST) {
                if (!last[kind]) {
                    const maker = Object.keys(MADE_BY).find((mutation) => MADE_BY[mutation] === kind) || 'a mutation';
                    throw new Sentence(
                        `"last" stands for the last ${kind}, and there was none yet: run ${tab(maker)} first, or put an id for ${kind}.`);
                }
                variables[kind] = last[kind];
            }
        }
        const operationName = operation ? operation.name : null;
        return {query: params.query, variables, ...(operationName && {operationName})};
    }

    // The operations of a document, read from its text: what the editor says of them can be that of the tab before.
    function operationsOf(query) {
        const text = query.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, ' ');
        const definitions = [];
        let current = null;
        let depth = 0;
        for (const [token] of text.matchAll(/[{}()]|[_A-Za-z][_A-Za-z0-9]*/g)) {
            if (token === '{' || token === '(') {
                if (!current) {
                    current = {type: 'query', name: null};
                    definitions.push(current);
                }
                depth++;
            } else if (token === '}' || token === ')') {
                depth--;
                if (depth === 0 && token === '}') {
                    current = null;
                }
            } else if (depth === 0 && !current) {
                current = {type: token, name: null};
                definitions.push(current);
            } else if (depth === 0 && current.name === null) {
                current.name = token;
            }
        }
        return definitions.filter((definition) => definition.type !== 'fragment');
    }

    function operationOf(params) {
        const operations = operationsOf(params.query);
        return operations.find((operation) => operation.name === params.operationName) || operations[0];
    }

    async function post(request, headers) {
        const response = await fetch('/graphql', {
            method: 'POST',
            headers: {
                ...headers,
                'Content-Type': 'application/json',
                Accept: 'application/graphql-response+json, application/json;q=0.9',
            },
            body: JSON.stringify(request),
        });
        return response.json();
    }

    function subscribe(request, headers) {
        return {
            subscribe(observer) {
                const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
                const socket = new WebSocket(`${scheme}//${location.host}/graphql`, 'graphql-transport-ws');
                let over = false;
                const end = (how, what) => {
                    if (!over) {
                        over = true;
                        observer[how](what);
                        if (how === 'next') {
                            observer.complete();
                        }
                        socket.close(1000);
                    }
                };
                socket.onopen = () => socket.send(JSON.stringify({type: 'connection_init', payload: headers || {}}));
                socket.onmessage = (event) => {
                    const message = JSON.parse(event.data);
                    switch (message.type) {
                        case 'connection_ack':
                            socket.send(JSON.stringify({id: '1', type: 'subscribe', payload: request}));
                            break;
                        case 'ping':
                            socket.send(JSON.stringify({type: 'pong'}));
                            break;
                        case 'next':
                            if (!over) {
                                observer.next(message.payload);
                            }
                            break;
                        case 'error':
                            end('next', {errors: message.payload});
                            break;
                        case 'complete':
                            end('complete');
                            break;
                    }
                };
                socket.onclose = (event) => end('next', said(
                    `The connection was closed (${event.code})${event.reason ? ': ' + event.reason : ''}.`));
                return {
                    unsubscribe() {
                        over = true;
                        socket.close(1000);
                    },
                };
            },
        };
    }

    async function run(params, options) {
        const operation = operationOf(params);
        const request = withLast(params, operation);
        if (operation && operation.type === 'subscription') {
            return subscribe(request, options.headers);
        }
        const answer = await post(request, options.headers);
        if (operation && operation.type === 'mutation') {
            remember(answer.data);
        }
        return answer;
    }

    show();

    return async (params, options = {}) => {
        try {
            return await run(params, options);
        } catch (failure) {
            return said(failure instanceof Sentence ? failure.message : `No answer came from Waybill: ${failure.message}`);
        }
    };
})();
