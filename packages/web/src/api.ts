import type { CallInput, Output, Route } from '@pass/contracts/route.ts'
import { type QueryKey, QueryClient, queryOptions, useMutation, useQuery, useSuspenseQueries } from '@tanstack/react-query'
import { type Params, useLoaderData } from 'react-router'
import { noteUse } from './activity.ts'
import { type ApiError, NetworkError, isTransient, isUnsettled, readProblem } from './errors.ts'
import { prepare } from './form-values.ts'
import { keyring } from './keyring.ts'
import { askProof } from './proof.ts'
import { blockTab, currentAdhesion, goToSecondFactor, goToSignIn } from './tab.ts'
import { readSearch, urlOf } from './url.ts'

export type CallOptions = { key?: string; signal?: AbortSignal; redirect?: boolean }
type AnyInput = { params?: unknown; query?: unknown; body?: unknown }

const headersOf = (route: Route, body: unknown, key: string | undefined): Headers => {
  const headers = new Headers({ accept: route.kind === 'file' ? '*/*' : 'application/json' })
  const adhesion = currentAdhesion()
  if (adhesion) headers.set('x-adhesion', adhesion)
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (key) headers.set('idempotency-key', key)
  return headers
}

const send = async (route: Route, input: AnyInput, { key, signal }: CallOptions): Promise<Response> => {
  const init: RequestInit = { method: route.method, headers: headersOf(route, input.body, key), credentials: 'same-origin' }
  if (input.body !== undefined) init.body = JSON.stringify(input.body)
  if (signal) init.signal = signal
  try {
    return await fetch(urlOf(route, input), init)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new NetworkError(error)
  }
}

const problemOf = async (response: Response): Promise<ApiError> =>
  readProblem(response.status, await response.json().catch(() => null), response.headers.get('retry-after'))

/** The page is leaving: nothing on screen should change meanwhile. */
const never = (): Promise<never> => new Promise<never>(() => {})

const refuse = (error: ApiError, redirect: boolean): Promise<never> => {
  if (error.code === 'organisation_changee') blockTab(error.message)
  if (redirect && error.status === 401) {
    goToSignIn()
    return never()
  }
  if (redirect && error.code === 'second_facteur_requis') {
    goToSecondFactor()
    return never()
  }
  throw error
}

/** Sends, and once more with the same key when the person has just proved who they are. */
const sendProved = async (route: Route, input: AnyInput, options: CallOptions, asked = false): Promise<Response> => {
  const response = await send(route, input, options)
  if (route.droit !== 'public' && response.status !== 401) noteUse()
  if (response.ok) return response
  const problem = await problemOf(response)
  if (problem.code === 'preuve_requise' && !asked && (await askProof())) return sendProved(route, input, options, true)
  return refuse(problem, options.redirect ?? route.droit !== 'public')
}

/**
 * One call to the API. Throws `ApiError` (the server refused) or `NetworkError` (nobody knows). A `write` takes a key made
 * for this gesture; give `key` when the act was kept aside and is sent later (offline queue). A grave act that needs a proof of
 * who one is asks for it by itself; whoever gives up gets the refusal.
 */
export const call = async <R extends Route>(route: R, input: CallInput<R>, options: CallOptions = {}): Promise<Output<R>> => {
  const gesture = `${keyOf(route)} ${JSON.stringify(input)}`
  const key = route.effect === 'write' ? (options.key ?? keyring.keyFor(gesture)) : undefined
  try {
    const response = await sendProved(route, input, { ...options, ...(key && { key }) })
    const answer = response.status === 204 ? undefined : await response.json()
    keyring.settle(gesture)
    return answer as Output<R>
  } catch (error) {
    if (!isUnsettled(error)) keyring.settle(gesture)
    throw error
  }
}

/** `GET /conventions/:conventionId`: the first part of every query key, so that a mutation names routes, never keys. */
export const keyOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method} ${route.path}`

const retry = (failures: number, error: unknown): boolean => failures < 2 && isTransient(error)
const retryDelay = (failures: number): number => Math.min(1000 * 2 ** failures, 5000)

/** Shared by the loaders and the components of one app. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry, retryDelay, networkMode: 'always' },
    mutations: { retry, retryDelay, networkMode: 'always' },
  },
})

/** The query of a read route, for `warm`, `useApiQuery` and TanStack's own hooks. */
export const apiQuery = <R extends Route>(route: R, input: CallInput<R>) =>
  queryOptions({
    queryKey: [keyOf(route), input] as QueryKey,
    queryFn: ({ signal }): Promise<Output<R>> => call(route, input, { signal }),
  })

/** A read that depends on what is typed; a page's own data comes from `warm`. */
export const useApiQuery = <R extends Route>(route: R, input: CallInput<R>, { enabled = true }: { enabled?: boolean } = {}) =>
  useQuery({ ...apiQuery(route, input), enabled })

const FOLLOW_MS = 2000

/** What a page has read, read again every 2 seconds as long as something goes on by itself. */
export const useFollowed = <R extends Route>(
  route: R,
  input: CallInput<R>,
  { loaded, isBusy }: { loaded: Output<R>; isBusy: (data: Output<R>) => boolean },
): Output<R> =>
  useQuery({
    ...apiQuery(route, input),
    refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data) ? FOLLOW_MS : false),
  }).data ?? loaded

type Warmable = { queryKey: QueryKey; queryFn?: unknown }
type DataOf<Q> = Q extends { queryFn?: infer F }
  ? Extract<F, (...args: never[]) => unknown> extends (...args: never[]) => infer D
    ? Awaited<D>
    : never
  : never

/** Reads everything a page needs before it shows; the loader returns it as it is, `useWarmed` gives the data. */
export const warm = async <const T extends Record<string, Warmable>>(queries: T): Promise<T> => {
  await Promise.all(
    Object.values(queries).map((query) => queryClient.ensureQueryData(query as Parameters<typeof queryClient.ensureQueryData>[0])),
  )
  return queries
}

/** The data of the page's loader (`useWarmed<typeof loader>()`), read again by itself when a mutation invalidates it. */
export const useWarmed = <L extends (...args: never[]) => Promise<Record<string, Warmable>>>() => {
  const queries = useLoaderData() as Awaited<ReturnType<L>>
  const names = Object.keys(queries)
  const list: { queryKey: QueryKey }[] = Object.values(queries)
  const answers = useSuspenseQueries({ queries: list })
  return Object.fromEntries(names.map((name, i) => [name, answers[i]?.data])) as {
    [K in keyof Awaited<ReturnType<L>>]: DataOf<Awaited<ReturnType<L>>[K]>
  }
}

/** The route's query, read from the address of the page. */
export const queryFrom = <R extends Route>(route: R, request: Request) =>
  (route.query ? readSearch(route.query, new URL(request.url).searchParams) : {}) as NonNullable<CallInput<R>['query']>

/** The path parameters of a page, checked by the contract; wrong ones are a page that does not exist. */
export const paramsOf = <R extends Route>(route: R, params: Params): NonNullable<CallInput<R>['params']> => {
  // a number in an address is written as text
  const answer = route.params?.safeParse(prepare(route.params, params))
  if (answer?.success) return answer.data as NonNullable<CallInput<R>['params']>
  throw readProblem(404, null)
}

type MutationOptions<R extends Route> = {
  invalidates?: readonly Pick<Route, 'method' | 'path'>[]
  onSuccess?: (data: Output<R>, input: CallInput<R>) => unknown
}

/** A write from a page. What it changes is named by routes and read again before `onSuccess`. */
export const useApiMutation = <R extends Route>(route: R, { invalidates = [], onSuccess }: MutationOptions<R> = {}) =>
  useMutation<Output<R>, ApiError | NetworkError, CallInput<R>>({
    mutationFn: (input) => call(route, input),
    onSuccess: async (data, input) => {
      await Promise.all(invalidates.map((read) => queryClient.invalidateQueries({ queryKey: [keyOf(read)] })))
      await onSuccess?.(data, input)
    },
  })

/** Something a button starts that is more than one call (a passkey): pending, error, and no second start while it runs. */
export const useAct = <T>(act: () => Promise<T>) => useMutation<T>({ mutationFn: act, retry: false })

/** The address of a file, for a plain link. */
export const fileUrl = <R extends Route & { kind: 'file'; method: 'GET' }>(route: R, input: CallInput<R>): string => urlOf(route, input)
