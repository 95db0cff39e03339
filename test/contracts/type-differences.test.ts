import { describe, expect, it } from 'vitest'
import type { Type } from '../fixtures/koha/notation.ts'
import type { Schema } from './koha-api.ts'
import { type Side, typeDifferences } from './type-differences.ts'

const day: Schema = { type: 'string', format: 'date' }
const named: Schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }

describe('our type of a value and the original', () => {
  it.each<[Side, Type, Schema]>([
    ['sent', 'text', { type: 'string' }],
    ['sent', 'text', { type: ['string', 'null'] }],
    ['sent', 'amount', { type: 'number', minimum: 0 }],
    ['sent', { oneOf: ['a'] }, { type: 'string', enum: ['a', 'b'] }],
    ['sent', { always: { name: 'text' } }, named],
    ['answered', 'text?', { type: ['string', 'null'] }],
    ['answered', 'date', day],
    ['answered', { listOf: 'integer' }, { type: 'array', items: { type: 'integer' } }],
    ['answered', { always: {} }, named],
  ])('%s: %j is %j', (side, ours, theirs) => {
    expect(typeDifferences(ours, theirs, 'x', side)).toEqual([])
  })

  it.each<[Side, Type, Schema, string]>([
    ['sent', 'text', { type: 'integer' }, 'x: text here, integer there'],
    ['sent', 'text?', { type: 'string' }, 'x: never null there'],
    ['sent', 'number', { type: 'number', minimum: 0 }, 'x: not below 0 there'],
    ['sent', { oneOf: ['c'] }, { type: 'string', enum: ['a', 'b'] }, 'x: no c there'],
    ['sent', { always: {}, may: { name: 'text' } }, named, 'x.name: demanded there'],
    ['sent', 'text', day, 'x: text here, of format date there'],
    ['answered', 'text', { type: ['string', 'null'] }, 'x: may be null there'],
    ['answered', 'text?', { type: 'string' }, 'x: never null there'],
    ['answered', 'integer', {}, 'x: integer here, untyped there'],
    ['answered', 'time', day, 'x: time here, of format date there'],
    [
      'answered',
      { listOf: 'text' },
      { type: 'array', items: { type: 'integer' } },
      'x[]: text here, integer there',
    ],
    ['answered', { listOf: 'text' }, { type: 'string' }, 'x: a list here, string there'],
    ['answered', { always: { title: 'text' } }, named, 'x.title: not there'],
    ['answered', { always: { title: 'text' } }, {}, 'x: an object here, without properties there'],
  ])('%s: %j is not %j', (side, ours, theirs, difference) => {
    expect(typeDifferences(ours, theirs, 'x', side)).toEqual([difference])
  })
})
