import { type ReactNode, createContext, use } from 'react'
import type { AnyContractForm } from '../form.ts'
import { ErrorSummary } from './error-summary.tsx'

type Sending = { pending: boolean; refusal: string | null }

const SendingContext = createContext<Sending>({ pending: false, refusal: null })

/** What the submit button of the nearest form has to show. */
export const useSending = (): Sending => use(SendingContext)

/** The form of a route: summary of what to correct on top, the browser's own bubbles off. */
export const Form = ({ form, label, children }: { form: AnyContractForm; label?: string; children: ReactNode }) => (
  <SendingContext value={{ pending: form.pending, refusal: form.refusal }}>
    <form className="formulaire" noValidate onSubmit={form.submit} aria-label={label}>
      <ErrorSummary errors={form.problems} attempt={form.attempt} />
      {children}
    </form>
  </SendingContext>
)
