import { whyNotPin } from '@pass/domain/pin.ts'
import { hashPassword } from '../../platform/auth/passwords.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'

const keep = (ctx: Ctx, pin: string | null) => ctx.db.$executeRaw`select pin_set(${pin})`

/** Chooses one's PIN for the desks of this organisation; the wrong tries of the former one are forgiven. */
export const setPin = async (ctx: Ctx, { pin }: { pin: string }): Promise<void> => {
  enforce(whyNotPin(pin))
  await keep(ctx, await hashPassword(pin))
}

/** No desk of this organisation opens by PIN any more for this person. */
export const removePin = async (ctx: Ctx): Promise<void> => void (await keep(ctx, null))
