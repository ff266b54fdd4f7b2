const problem = {
  title: { type: 'string', description: 'The name of the status' },
  status: { type: 'integer' },
  requestId: { type: 'string', description: 'Finds the request in the log' },
}

const required = ['title', 'status', 'detail', 'requestId']

/** JSON Schemas of the error answers, as error-handler.ts writes them. */
export const problemSchemas = {
  Problem: {
    type: 'object',
    required,
    properties: {
      ...problem,
      detail: {
        description: 'A stable code, or an object with that code and the facts',
        oneOf: [
          { type: 'string' },
          {
            type: 'object',
            required: ['code'],
            properties: { code: { type: 'string' } },
            additionalProperties: true,
          },
        ],
      },
    },
  },
  InvalidInputProblem: {
    type: 'object',
    required,
    properties: {
      ...problem,
      detail: {
        type: 'array',
        items: {
          type: 'object',
          required: ['type', 'loc', 'msg'],
          properties: {
            type: { type: 'string' },
            loc: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
            msg: { type: 'string' },
          },
        },
      },
    },
  },
}
