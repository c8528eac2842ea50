import { euros, formatNumber } from '@pass/domain/money.ts'
import { type ReactNode, useState } from 'react'
import { readEuros, readNumber } from '../numbers.ts'
import type { FieldProps } from './field.tsx'
import { TextField } from './text-field.tsx'

type Props = FieldProps & {
  name?: string
  value: number | null | undefined
  /** Absent when the box is empty, NaN when it does not hold a number (the contract then refuses it). */
  onChange: (value: number | undefined) => void
  onBlur?: () => void
  suffixe?: ReactNode
  autoFocus?: boolean
}

type Format = { read: (text: string) => number | undefined; write: (value: number) => string; inputMode: 'numeric' | 'decimal' }

// The person's own text stays while they type; it is put in order when they leave the box.
const useTyped = ({ value, onChange, onBlur }: Props, { read, write }: Format) => {
  const shown = typeof value === 'number' && !Number.isNaN(value) ? write(value) : ''
  const [typed, setTyped] = useState<string | null>(null)
  return {
    value: typed ?? shown,
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value)
      onChange(read(event.target.value))
    },
    onBlur: () => {
      if (typed !== null && !Number.isNaN(read(typed))) setTyped(null)
      onBlur?.()
    },
  }
}

const NUMBER: Format = { read: readNumber, write: formatNumber, inputMode: 'numeric' }
const MONEY: Format = { read: readEuros, write: (centimes) => euros(centimes).replace(/\s*€$/, ''), inputMode: 'decimal' }

const Typed = ({ format, ...props }: Props & { format: Format }) => {
  const { value: _value, onChange: _onChange, onBlur: _onBlur, ...rest } = props
  return <TextField {...rest} {...useTyped(props, format)} inputMode={format.inputMode} autoComplete="off" />
}

/** A whole number, typed as people write it (`1 200`). Not a spinner: no arrow changes it by accident. */
export const NumberField = (props: Props) => <Typed {...props} format={NUMBER} />

/** An amount typed in euros, given and received in centimes. */
export const MoneyField = (props: Props) => <Typed suffixe="€" {...props} format={MONEY} />
