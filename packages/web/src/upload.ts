import type { CallInput, Output, Route } from '@pass/contracts/route.ts'
import { type FileRule, PIECE_RULE, whyNotStore, whyTooHeavy } from '@pass/domain/pieces.ts'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { noteUse } from './activity.ts'
import { keyOf, queryClient } from './api.ts'
import { type ApiError, isUnsettled, NetworkError, readProblem } from './errors.ts'
import { keyring } from './keyring.ts'
import { blockTab, currentAdhesion, goToSignIn } from './tab.ts'
import { urlOf } from './url.ts'

/** Carries the name of the file: a name may hold letters that a header may not. */
const NAME_HEADER = 'x-nom-fichier'

type UploadRoute = Route & { kind: 'upload' }
type Options = { key: string; onProgress: (part: number) => void; signal: AbortSignal }

const bodyOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const problemOf = (request: XMLHttpRequest): ApiError => {
  const problem = readProblem(request.status, bodyOf(request.responseText), request.getResponseHeader('retry-after'))
  if (problem.code === 'organisation_changee') blockTab(problem.message)
  if (problem.status === 401) goToSignIn()
  return problem
}

const prepare = (request: XMLHttpRequest, url: string, file: File, key: string) => {
  request.open('POST', url)
  const adhesion = currentAdhesion()
  if (adhesion) request.setRequestHeader('x-adhesion', adhesion)
  request.setRequestHeader('accept', 'application/json')
  request.setRequestHeader('content-type', file.type)
  request.setRequestHeader('idempotency-key', key)
  request.setRequestHeader(NAME_HEADER, encodeURIComponent(file.name))
}

// fetch does not tell how much has left, and a photo over a slow network takes a minute
const send = (url: string, file: File, { key, onProgress, signal }: Options): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    prepare(request, url, file, key)
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () => {
      if (request.status !== 401) noteUse()
      if (request.status >= 200 && request.status < 300) resolve(bodyOf(request.responseText))
      else reject(problemOf(request))
    })
    request.addEventListener('error', () => reject(new NetworkError(null)))
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })

type UseOptions<R extends UploadRoute> = {
  invalidates?: readonly Pick<Route, 'method' | 'path'>[]
  onSuccess?: (data: Output<R>) => unknown
}

/** Sends a file, with how much of it has left (0 to 1); the same file sent again after a cut carries the same key. */
export const useUpload = <R extends UploadRoute>(
  route: R,
  input: Pick<CallInput<R>, 'params'>,
  { invalidates = [], onSuccess }: UseOptions<R> = {},
) => {
  const [part, setPart] = useState(0)
  const stop = useRef<AbortController | null>(null)
  const mutation = useMutation<Output<R>, Error, File>({
    retry: false,
    mutationFn: async (file) => {
      const gesture = `${keyOf(route)} ${JSON.stringify(input)} ${file.name} ${file.size} ${file.lastModified}`
      stop.current = new AbortController()
      setPart(0)
      try {
        const options = { key: keyring.keyFor(gesture), onProgress: setPart, signal: stop.current.signal }
        const answer = await send(urlOf(route, input), file, options)
        keyring.settle(gesture)
        return answer as Output<R>
      } catch (error) {
        if (!isUnsettled(error) && !stop.current.signal.aborted) keyring.settle(gesture)
        throw error
      }
    },
    onSuccess: async (data) => {
      await Promise.all(invalidates.map((read) => queryClient.invalidateQueries({ queryKey: [keyOf(read)] })))
      await onSuccess?.(data)
    },
  })
  return { ...mutation, part, stop: () => stop.current?.abort() }
}

type DepositOptions<R extends UploadRoute> = UseOptions<R> & { rule?: FileRule }

/** The same, the bytes looked at here too: a wrong file is refused before it travels. */
export const useDeposit = <R extends UploadRoute>(
  route: R,
  input: Pick<CallInput<R>, 'params'>,
  { rule = PIECE_RULE, ...options }: DepositOptions<R> = {},
) => {
  const [refus, setRefus] = useState<string | undefined>()
  const upload = useUpload(route, input, options)
  const deposit = async (file: File) => {
    upload.reset()
    const refusal = whyTooHeavy(file.size, rule) ?? whyNotStore(new Uint8Array(await file.arrayBuffer()), rule)
    setRefus(refusal?.message)
    if (!refusal) upload.mutate(file)
  }
  return { upload, pick: (file: File) => void deposit(file), refus: refus ?? upload.error?.message }
}
