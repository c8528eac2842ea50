import type { FastifyReply, FastifyRequest } from 'fastify'
import { failureOf, problemOf } from './problem.ts'

/** An address that the router cannot even read. */
export const refuseBadUrl = (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
  const { status, refusal } = failureOf(error)
  void reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .header('X-Content-Type-Options', 'nosniff')
    .header('Cache-Control', 'no-store')
    .header('X-Request-Id', request.id)
    .send(JSON.stringify(problemOf(status, refusal, request.id)))
}
