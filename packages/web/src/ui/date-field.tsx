import type { ComponentPropsWithRef } from 'react'
import type { FieldProps } from './field.tsx'
import { TextField } from './text-field.tsx'

type Props = FieldProps & Omit<ComponentPropsWithRef<'input'>, 'id' | 'className' | 'type'>

/** A day, as `YYYY-MM-DD`: the phone's and the browser's own calendar. */
export const DateField = (props: Props) => <TextField {...props} type="date" />
